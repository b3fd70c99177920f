/**
 * Names for the documents of the two platforms. The files beside this one are generated from libs/contracts/platforms/*.yaml by
 * `npm run contracts`; read schemas are open, since both platforms add fields without notice.
 */
import type { components as omnium } from './omnium';
import type { components as sitooCatalog } from './sitoo-catalog';
import type { components as sitooOrders } from './sitoo-orders';

export type SitooOrder = sitooOrders['schemas']['OrderRead'];
export type SitooOrderWrite = sitooOrders['schemas']['OrderWrite'];
export type SitooOrderItemWrite = sitooOrders['schemas']['OrderItemWrite'];
export type SitooOrderUpdate = sitooOrders['schemas']['OrderUpdate'];
export type SitooDelivery = sitooOrders['schemas']['OrderDelivery'];
export type SitooDeliveryWrite = sitooOrders['schemas']['OrderDeliveryWrite'];
export type SitooLogItem = sitooOrders['schemas']['OrderLogItem'];
export type SitooRegister = sitooOrders['schemas']['CashRegister'];
export type SitooZReport = sitooOrders['schemas']['ZReport'];
export type SitooPaymentType = sitooOrders['schemas']['PosPaymentType'];
export type SitooOrderItem = NonNullable<SitooOrder['orderitems']>[number];
export type SitooPayment = NonNullable<SitooOrder['payments']>[number];
export type SitooStore = sitooOrders['schemas']['StoreRead'];
export type SitooUser = sitooOrders['schemas']['UserRead'];
export type SitooLogItemWrite = sitooOrders['schemas']['OrderLogItemWrite'];
export type SitooReasonCode = sitooOrders['schemas']['ReasonCode'];
export type SitooWarehouse = sitooCatalog['schemas']['WarehouseRead'];

export type OmniumOrder = omnium['schemas']['OmniumOrder'];
export type OmniumOrderForm = omnium['schemas']['OmniumOrderForm'];
export type OmniumOrderLine = omnium['schemas']['OmniumOrderLine'];
export type OmniumShipment = omnium['schemas']['OmniumShipment'];
export type OmniumPayment = omnium['schemas']['OmniumPayment'];
export type OmniumOrderAddress = omnium['schemas']['OmniumOrderAddress'];
export type OmniumOrderError = omnium['schemas']['OmniumEntityError'];
export type OmniumOrderSearch = omnium['schemas']['OmniumOrderSearchRequest'];
export type OmniumStatusUpdate = omnium['schemas']['OmniumUpdateStatusPatch'];
export type OmniumLinesUpdate = omnium['schemas']['OmniumUpdateLineItemStatusPatch'];
export type OmniumStore = omnium['schemas']['OmniumStore'];
export type OmniumMarket = omnium['schemas']['OmniumMarket'];
export type OmniumOrderType = omnium['schemas']['OmniumOrderType'];
export type OmniumShipmentOption = omnium['schemas']['OmniumShipmentOption'];
export type OmniumOrderWorkflowStep = omnium['schemas']['OmniumOrderWorkflowStep'];
export type OmniumOrderWorkflowExecutionResult = omnium['schemas']['OmniumOrderWorkflowExecutionResult'];
export type OmniumOrderCommentRequest = omnium['schemas']['OmniumOrderCommentRequest'];
export type OmniumEvent = omnium['schemas']['OmniumEvent'];
