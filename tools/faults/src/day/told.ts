import type { OmniumOrder, OmniumPayment } from '@connector/contracts';

type Linked = { externalIds?: readonly { providerName?: string | null; id?: string | null }[] | null };
type ReturnForm = NonNullable<OmniumOrder['returnOrderForms']>[number];

/** Where Omnium tells of one receipt. */
export interface Told {
  /** Documents that carry its number: its own one, and no other. */
  orders: OmniumOrder[];
  /** Return forms that carry its number, with the document that holds each. */
  forms: { holder: string; form: ReturnForm }[];
  payments: OmniumPayment[];
}

/** Everything that Omnium's documents tell, by Sitoo order id. Pure. */
export function toldOf(orders: readonly OmniumOrder[]): Map<number, Told> {
  const told = new Map<number, Told>();
  const at = (id: number): Told => {
    const known = told.get(id) ?? { orders: [], forms: [], payments: [] };
    told.set(id, known);
    return known;
  };
  for (const order of orders) {
    for (const id of receiptsIn(order)) at(id).orders.push(order);
    for (const form of order.returnOrderForms ?? []) for (const id of receiptsIn(form)) at(id).forms.push({ holder: order.id ?? '', form });
    for (const payment of order.orderForm?.payments ?? []) for (const id of receiptsIn(payment)) at(id).payments.push(payment);
  }
  return told;
}

function receiptsIn({ externalIds }: Linked): number[] {
  return (externalIds ?? []).flatMap(({ providerName, id }) => (providerName === 'SitooOrderId' ? [Number(id)] : []));
}
