import { randomUUID } from 'node:crypto';
import type { OmniumOrderCommentRequest } from '@connector/contracts';
import type { Operation } from '../call';
import { bodyIn, done } from '../call';
import { isoTime } from '../clock';
import { listOf } from '../documents';
import { Refusal } from '../refusal';
import { queuedProblems, refuse, writeOrder } from './write';

/** `POST /api/Orders/AddComment`: appends a note, every time it is called. `Internal`, the default, is for staff only. */
export const addComment: Operation = {
  kind: 'write',
  writes: ({ body }) => [bodyIn<OmniumOrderCommentRequest>(body).orderId ?? ''],
  run: (call) => {
    const { orderId, commentType, commentText, createdBy, tags } = bodyIn<OmniumOrderCommentRequest>(call.body);
    const order = call.tenant.orders.stored(orderId ?? '');
    if (!order) throw new Refusal(404, 'Order not found.');
    refuse(queuedProblems(orderId ?? '', call));
    const list = commentType === 'Public' ? 'publicOrderNotes' : 'orderNotes';
    const note = { id: randomUUID(), detail: commentText, creator: createdBy, tags, type: 'Comment', created: isoTime(call.now) };
    writeOrder({ ...order, [list]: [...listOf(order[list]), note] }, call, 'commented');
    return done;
  },
};
