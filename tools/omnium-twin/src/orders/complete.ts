import type { Order, Payment, ReturnForm, Shipment } from '../documents';
import { listOf } from '../documents';

/**
 * The order with the defaults that Omnium fills in. What Omnium made itself for an earlier version of the same order (creation times, RMA
 * numbers) is taken over by id, so that sending the same document twice gives the same document. `created` stays as sent.
 */
export function completeOrder(sent: Order, previous: Order | undefined, now: string): Order {
  const { orderForm } = sent;
  const earlier = previous?.orderForm;
  return {
    isReadOnly: false,
    isNotificationsDisabled: false,
    ...sent,
    orderNumber: sent.orderNumber ?? sent.id,
    created: sent.created ?? previous?.created ?? now,
    ...customerDefaults(sent),
    orderForm: {
      ...orderForm,
      payments: completePayments(orderForm?.payments, earlier?.payments, now),
      shipments: listOf(orderForm?.shipments).map((shipment) => completeShipment(shipment, sent)),
    },
    ...(sent.returnOrderForms ? { returnOrderForms: completeReturns(sent.returnOrderForms, previous, now) } : {}),
  };
}

function customerDefaults(order: Order): Partial<Order> {
  if (!order.customerId) return {};
  return { customerNumber: order.customerNumber ?? order.customerId, customerType: order.customerType ?? 'B2C' };
}

function completeShipment(shipment: Shipment, order: Order): Shipment {
  return { transit: false, ...shipment, status: shipment.status ?? 'AwaitingInventory', orderStatus: shipment.orderStatus ?? order.status };
}

function completePayments(payments: Payment[] | null | undefined, earlier: Payment[] | null | undefined, now: string): Payment[] {
  return listOf(payments).map((payment) => {
    const known = listOf(earlier).find((candidate) => candidate.id === payment.id);
    return { isManuallyAdded: false, ...payment, created: payment.created ?? known?.created ?? now };
  });
}

function completeReturns(forms: ReturnForm[], previous: Order | undefined, now: string): ReturnForm[] {
  return forms.map((form, index) => {
    const known = listOf(previous?.returnOrderForms).find((candidate) => candidate.returnId === form.returnId);
    const created = form.created ?? known?.created ?? now;
    return {
      ...form,
      returnId: form.returnId ?? String(index + 1),
      rmaNumber: form.rmaNumber ?? known?.rmaNumber ?? `RMA-${previous?.id ?? 'new'}-${index + 1}`,
      created,
      modified: form.modified ?? known?.modified ?? created,
      status: form.status ?? 'Completed',
      payments: completePayments(form.payments, known?.payments, now),
    };
  });
}
