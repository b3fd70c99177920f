import type { Operation } from '../call';
import { readCart } from '../carts/assumed-read';
import { addMany, importMany, updateMany } from '../orders/batch';
import { deleteOrder, patchOrder } from '../orders/change';
import { postOrder, putOrder } from '../orders/create';
import { addComment } from '../orders/comment';
import { exportOrders } from '../orders/export';
import { existMany, getOrder, getOrdersByIds, searchForOrders } from '../orders/read';
import { nextScroll, startScroll } from '../orders/scroll';
import { updateLines, updateStatus } from '../orders/status';
import {
  getHealth,
  getMarkets,
  getOrderSettings,
  getOrderTypes,
  getShipmentOptions,
  getStore,
  getStores,
  getStoresByExternalId,
} from './settings';

/** What the twin serves, by the contract's operation id; the last one is an assumption of its own. `TokenPost` is served before a tenant is known. */
export const operations: Readonly<Record<string, Operation>> = {
  OrdersPost: postOrder,
  OrdersCreate: putOrder,
  OrdersUpdateMany: updateMany,
  OrdersAddMany: addMany,
  OrdersImportMany: importMany,
  OrdersGet: getOrder,
  OrdersGetOrdersByIds: getOrdersByIds,
  OrdersExistMany: existMany,
  OrdersSearchOrders: searchForOrders,
  OrdersPatchOrder: patchOrder,
  OrdersDelete: deleteOrder,
  OrdersScrollSearch: startScroll,
  OrdersScroll: nextScroll,
  OrdersAddComment: addComment,
  OrdersExportOrders: exportOrders,
  WorkflowUpdateStatus: updateStatus,
  WorkflowPartialUpdate: updateLines,
  GetAllStores: getStores,
  StoresGet: getStore,
  StoresGetByExternalId: getStoresByExternalId,
  MarketsGet: getMarkets,
  ShipmentOptionsGetShipmentOptions: getShipmentOptions,
  SettingsOrderTypes: getOrderTypes,
  SettingsOrderSettings: getOrderSettings,
  HealthHealth: getHealth,
  AssumedCartRead: readCart,
};
