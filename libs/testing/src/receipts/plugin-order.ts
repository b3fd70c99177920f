import type { OmniumOrder, OmniumOrderLine, SitooOrder } from '@connector/contracts';
import { familyOf, mapFamily } from '@connector/mapping';
import { decodedReceipt, receiptContext } from './receipt-context';

/** External id under which the plugin of the tests keeps Sitoo's order id. Omnium's real one is not known. */
export const pluginProvider = 'SitooPlugin';

/**
 * What Omnium's built-in plugin might have made of a receipt: the same sale, under ids of its own for order, lines and payments. Every fifth
 * carries the receipt number as its order number and nothing else of Sitoo's. A refund is an order by itself.
 */
export function pluginOrder(receipt: SitooOrder, number: number): OmniumOrder {
  const mapping = mapFamily({ ...familyOf(decodedReceipt(receipt)), isOriginalGone: true }, receiptContext);
  if (!mapping.ok) throw new Error(`${receipt.orderid}: ${mapping.rejection?.code ?? mapping.skip?.code}`);
  const { orderForm, returnOrderForms, properties: _, tags: __, replacementOrderIds: ___, ...order } = mapping.order;
  const hasNumberOnly = number % 5 === 0;
  const id = `ORDR${number}`;
  return {
    ...order,
    id,
    orderNumber: hasNumberOnly ? receipt.additionaldata?.['pos-receiptid'] : id,
    externalIds: hasNumberOnly ? [] : [{ providerName: pluginProvider, id: String(receipt.orderid) }],
    orderForm: withOwnIds(orderForm ?? {}, id),
    ...(returnOrderForms ? { returnOrderForms: returnOrderForms.map((form, index) => withOwnReturnId(form, String(index + 1))) } : {}),
  };
}

type Form = NonNullable<OmniumOrder['orderForm']>;
type ReturnForm = NonNullable<OmniumOrder['returnOrderForms']>[number];

function withOwnIds({ lineItems, shipments, payments, ...form }: Form, id: string): Form {
  return {
    ...form,
    lineItems: lineItems?.map(renamed),
    shipments: shipments?.map((shipment) => ({ ...shipment, lineItems: shipment.lineItems?.map(renamed) })),
    payments: payments?.map(({ orderLineReferences: _, ...payment }, index) => ({ ...payment, id: `${id}-${index}` })),
  };
}

function withOwnReturnId({ externalIds: _, properties: __, replacementOrderIds: ___, ...form }: ReturnForm, id: string): ReturnForm {
  return { ...form, returnId: id, rmaNumber: `RMA${id}`, lineItems: form.lineItems?.map(renamed) };
}

function renamed({ properties: _, ...line }: OmniumOrderLine): OmniumOrderLine {
  return { ...line, lineItemId: `line-${line.lineItemId}` };
}
