import type { SitooUser } from '@connector/contracts';
import type { Account } from '../account';
import type { OrderDesk } from '../orders/order-desk';
import { listOrders } from './orders-query';
import { page, pick } from './page';
import { listPosZReports, listZReports, readZReport } from './z-report-reads';

export interface ReadCall {
  account: Account;
  desk: OrderDesk;
  /** Path parameters, decoded and checked. */
  params: Record<string, string>;
  /** Query as typed values, defaults filled in. */
  query: Record<string, unknown>;
  /** Answer from before the last write. */
  stale: boolean;
}

export interface Read {
  /** Schema whose field names `fields` may use. */
  schema: string;
  /** `undefined`: there is no such object. */
  answer: (call: ReadCall) => unknown;
}

const USER_FIELDS = ['userid', 'email', 'namefirst', 'namelast', 'company', 'datecreated', 'datemodified'];
const USER_FILTERS = ['email', 'customernumber', 'personalid', 'mobile'] as const;

/** The operations this twin serves, by `operationId`. */
export const READS: Readonly<Record<string, Read>> = {
  getAllOrders: { schema: 'OrderRead', answer: ({ account, query, stale }) => listOrders(account, query, stale) },
  getOrders: {
    schema: 'OrderRead',
    answer: ({ account, params, query, stale }) => listOrders(account, { ...query, eshopid: [Number(params.siteid)] }, stale),
  },
  getOrder: { schema: 'OrderRead', answer: readOrder },
  getStores: { schema: 'StoreRead', answer: ({ account, query }) => page(account.stores, query) },
  getStore: {
    schema: 'StoreRead',
    answer: ({ account, params }) => account.stores.find((store) => String(store.storeid) === params.storeid),
  },
  getWarehouses: { schema: 'WarehouseRead', answer: ({ account, query }) => page(account.warehouses, query) },
  getWarehouse: {
    schema: 'WarehouseRead',
    answer: ({ account, params }) => account.warehouses.find((warehouse) => String(warehouse.warehouseid) === params.warehouseid),
  },
  getUsers: { schema: 'UserRead', answer: listUsers },
  getUser: { schema: 'UserRead', answer: readUser },
  getOrderDeliveries: { schema: 'OrderDelivery', answer: (call) => envelope(call.desk.deliveries(orderIn(call))) },
  getOrderLogItems: { schema: 'OrderLogItem', answer: (call) => envelope(call.desk.logItems(orderIn(call))) },
  getCashRegisters: {
    schema: 'CashRegister',
    answer: ({ account, query }) =>
      page(
        account.registers.filter((register) => query.includenotregistered === true || register.registerkey),
        query,
      ),
  },
  getCashRegister: {
    schema: 'CashRegister',
    answer: ({ account, params }) => account.registers.find((register) => register.registerid === params.registerid),
  },
  getPosPaymentTypes: { schema: 'PosPaymentType', answer: listPaymentTypes },
  getPosPaymentType: {
    schema: 'PosPaymentType',
    answer: ({ account, params }) => account.paymentTypes.find((type) => String(type.paymenttypeid) === params.paymenttypeid),
  },
  getReasonCodes: { schema: 'ReasonCode', answer: listReasonCodes },
  getReasonCode: {
    schema: 'ReasonCode',
    answer: ({ account, params }) => account.reasonCodes.find((code) => String(code.reasoncodeid) === params.reasoncodeid),
  },
  getPosZReports: { schema: 'ZReport', answer: listPosZReports },
  getZReports: { schema: 'ZReport', answer: listZReports },
  getZReport: { schema: 'ZReport', answer: readZReport },
};

/** The order of the path; it has to be one of the site's. */
export function orderIn({ desk, params }: Pick<ReadCall, 'desk' | 'params'>): number {
  return desk.order(Number(params.orderid), Number(params.siteid)).orderid;
}

/** Lists without paging of their own. */
function envelope(items: readonly object[]) {
  return { totalcount: items.length, items };
}

/** A plain array by `sortorder`. */
function listPaymentTypes({ account, query }: ReadCall): unknown {
  const fields = Array.isArray(query.fields) ? query.fields.map(String) : undefined;
  return account.paymentTypes.toSorted((a, b) => (a.sortorder ?? 0) - (b.sortorder ?? 0)).map((type) => pick(type, fields));
}

function listReasonCodes({ account, query }: ReadCall): unknown {
  const isAsked = (type: number) => !Array.isArray(query.type) || query.type.includes(type);
  return page(
    account.reasonCodes.filter(({ type }) => isAsked(type)),
    query,
  );
}

function readOrder({ account, params, stale }: ReadCall): unknown {
  const order = account.readOrder(Number(params.orderid), stale);
  return order?.eshopid === Number(params.siteid) ? order : undefined;
}

function listUsers({ account, query }: ReadCall): unknown {
  const asked = (user: SitooUser) => USER_FILTERS.every((name) => query[name] === undefined || user[name] === query[name]);
  const listed = (user: SitooUser) => !Array.isArray(query.userid) || query.userid.includes(user.userid);
  return page(
    account.users.filter((user) => asked(user) && listed(user)),
    query,
    USER_FIELDS,
  );
}

function readUser({ account, params, query }: ReadCall): unknown {
  const user = account.users.find((candidate) => candidate.userid === params.userid);
  return user && pick(user, Array.isArray(query.fields) ? query.fields.map(String) : undefined);
}
