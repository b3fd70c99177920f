import type { Order, OrderLine } from '../documents';
import { listOf } from '../documents';

/** The order after staff worked on it in the UI: tag `staff-checked`, property `StaffNote`, an internal note, a comment on the first line. */
export function withStaffNote(order: Order, note: string, now: string): Order {
  const notes = listOf(order.orderNotes);
  const firstLine = order.orderForm?.lineItems?.[0]?.lineItemId;
  const comment = (line: OrderLine): OrderLine => (line.lineItemId === firstLine ? { ...line, comment: note } : line);
  const id = `staff-note-${notes.length + 1}`;
  return {
    ...order,
    tags: [...new Set([...listOf(order.tags), 'staff-checked'])],
    properties: [
      ...listOf(order.properties).filter((property) => property.key !== 'StaffNote'),
      { key: 'StaffNote', value: note, keyGroup: 'Staff' },
    ],
    orderNotes: [...notes, { id, title: 'Note', detail: note, creator: 'staff', type: 'Comment', created: now }],
    orderForm: {
      ...order.orderForm,
      lineItems: listOf(order.orderForm?.lineItems).map(comment),
      shipments: listOf(order.orderForm?.shipments).map((shipment) => ({
        ...shipment,
        lineItems: listOf(shipment.lineItems).map(comment),
      })),
    },
  };
}
