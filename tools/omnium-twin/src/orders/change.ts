import type { Operation } from '../call';
import { done, objectIn, ok, orderIn } from '../call';
import { Refusal } from '../refusal';
import { contentHash } from './hash';
import { applyPatch } from './patch';
import { finishOrder, queuedProblems, refuse, writeOrder, writeProblems } from './write';

/** `PATCH /api/Orders/{orderId}/PatchOrder`: runs no workflow; a patch that changes nothing leaves `modified` alone. */
export const patchOrder: Operation = {
  kind: 'write',
  writes: ({ params }) => [params.orderId ?? ''],
  run: (call) => {
    const id = call.params.orderId ?? '';
    const { orders } = call.tenant;
    const current = orders.stored(id);
    if (!current) throw new Refusal(404, 'Order not found.');
    const patched = orderIn(applyPatch({ ...current }, objectIn(call.body)));
    refuse(writeProblems(patched, call));
    const isModified = contentHash(finishOrder(patched, current, call)) !== orders.hashOf(id);
    if (isModified) writeOrder(patched, call, 'patched');
    else orders.noteUntouched(id, call.writer, 'patched-unchanged');
    const changed = Number(isModified);
    return ok({ totalCount: 1, updatedCount: changed, unchangedCount: 1 - changed, notFoundCount: 0, errorCount: 0, isModified });
  },
};

/** `DELETE /api/Orders/{id}`: status `Deleted`; with `deletePermanently=true` the document is gone. */
export const deleteOrder: Operation = {
  kind: 'write',
  writes: ({ params }) => [params.id ?? ''],
  run: (call) => {
    const id = call.params.id ?? '';
    const { orders } = call.tenant;
    const current = orders.stored(id);
    if (!current) throw new Refusal(404, 'Order not found.');
    refuse(queuedProblems(id, call));
    if (call.query.deletePermanently === true) orders.remove(id, call.writer);
    else orders.put(id, { ...current, status: 'Deleted' }, call.writer, 'deleted');
    return done;
  },
};
