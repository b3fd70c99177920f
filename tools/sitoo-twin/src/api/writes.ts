import type { SitooContracts } from '../contracts';
import type { OrderDesk } from '../orders/order-desk';
import { checkFields } from '../orders/write-rules';
import { orderIn } from './reads';

export interface WriteCall {
  desk: OrderDesk;
  contracts: SitooContracts;
  /** Path parameters, decoded and checked. */
  params: Record<string, string>;
  query: Record<string, unknown>;
  /** Fits the contract. */
  body: unknown;
}

/** The operations that write, by `operationId`; each answers what Sitoo answers. They throw `Refused`. */
export const WRITES: Readonly<Record<string, (call: WriteCall) => unknown>> = {
  addOrder,
  updateOrder,
  addOrderDelivery: (call) => call.desk.deliver(orderIn(call), call.contracts.readDeliveryWrite(call.body)).orderdeliveryid,
  addOrderLogItem: (call) => {
    call.desk.addLogItem(orderIn(call), call.contracts.readLogItemWrite(call.body));
    return true;
  },
};

function addOrder({ desk, contracts, params, body }: WriteCall): number {
  const written = contracts.readOrderWrite(body);
  checkFields(contracts.orders, 'OrderWrite', written);
  return desk.add(Number(params.siteid), written).orderid;
}

function updateOrder(call: WriteCall): boolean {
  const written = call.contracts.readOrderUpdate(call.body);
  checkFields(call.contracts.orders, 'OrderUpdate', written);
  call.desk.change(orderIn(call), written);
  return true;
}
