/**
 * Role an operation asks for, from the published `x-role`; for markets and shipment options the role is not published and `SettingsRead`
 * is assumed there too. Absent: no role needed.
 */
const required: Readonly<Record<string, string>> = {
  OrdersPost: 'OrderAdmin',
  OrdersCreate: 'OrderAdmin',
  OrdersUpdateMany: 'OrderAdmin',
  OrdersAddMany: 'OrderAdmin',
  OrdersImportMany: 'OrderAdmin',
  OrdersDelete: 'OrderAdmin',
  OrdersPatchOrder: 'OrderAdmin',
  OrdersAddComment: 'OrderAdmin',
  OrdersExportOrders: 'OrderAdmin',
  WorkflowUpdateStatus: 'OrderAdmin',
  WorkflowPartialUpdate: 'OrderAdmin',
  OrdersScrollSearch: 'OrderRead',
  OrdersScroll: 'OrderRead',
  OrdersGet: 'OrderRead',
  OrdersExistMany: 'OrderRead',
  OrdersGetOrdersByIds: 'OrderRead',
  OrdersSearchOrders: 'OrderRead',
  GetAllStores: 'StoreRead',
  StoresGet: 'StoreRead',
  StoresGetByExternalId: 'StoreRead',
  MarketsGet: 'SettingsRead',
  ShipmentOptionsGetShipmentOptions: 'SettingsRead',
  SettingsOrderTypes: 'SettingsRead',
  SettingsOrderSettings: 'SettingsRead',
  AssumedCartRead: 'CartRead',
};

/** `ApiOwner` may do everything; `XAdmin` includes `XRead`. */
export function mayCall(roles: readonly string[], operationId: string): boolean {
  const role = required[operationId];
  if (!role || roles.includes('ApiOwner')) return true;
  return roles.includes(role) || roles.includes(role.replace(/Read$/, 'Admin'));
}
