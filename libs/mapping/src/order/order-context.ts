import type { OmniumOrder, OmniumShipmentOption } from '@connector/contracts';
import type { OrderStateName } from './order-state';
import type { SitooBuyer, SitooData } from './sitoo-order';

/** Everything outside the receipt that decides what the order looks like. */
export interface OrderContext {
  readonly tenant: string;
  readonly market: OrderMarket;
  /** An order type of the tenant, `PosSitoo` in the Sitoo set-up. */
  readonly orderType: string;
  /** The type's status for a sale that is over, `Completed` in the Sitoo set-up. */
  readonly completedStatus: string;
  /**
   * The type's statuses for what else happens to an order. Left out: Omnium's built-in name. null: the type has no such status, and the order
   * stays in the one before. Use built-in names (OrderStatusName): of a name of the tenant's own nobody knows whether it is forward or back.
   */
  readonly statuses?: Partial<Record<Exclude<OrderStateName, 'completed'>, string | null>>;
  /** Default `order`: a booking is an open document without payments. `skip`: bookings stay in Sitoo. */
  readonly bookings?: 'order' | 'skip';
  /**
   * Orders that another system put into Sitoo through the API. Default `reject`: nothing says whether Omnium has them by another road, and a
   * second document would be a sale booked twice.
   */
  readonly foreignOrders?: 'import' | 'reject';
  /** The tenant's status for a return that is over. Default `Completed`, the only one where no return statuses are configured. */
  readonly returnStatus?: string;
  /** Omnium store id of a Sitoo store external id. */
  readonly storeByExternalId: (externalId: string) => string | undefined;
  /** Omnium store id of the Sitoo store that a warehouse belongs to: asked only when the receipt names no store. */
  readonly storeOfWarehouse?: (warehouseId: number) => string | undefined;
  /** Omnium store id mapped to the Sitoo warehouse (`SitooWarehouseId`): where the goods left. Without it, the selling store. */
  readonly stockLocationOfWarehouse?: (warehouseId: number) => string | undefined;
  /** Address of an Omnium store, for goods to be collected there. */
  readonly addressOfStore?: (storeId: string) => OmniumAddress | undefined;
  /** Options of the market, in Omnium's order. */
  readonly shipmentOptions: readonly OmniumShipmentOption[];
  /** Absent: the till's payment names are Omnium's payment methods. Present: a payment that no rule matches is rejected. */
  readonly paymentMethods?: readonly PaymentMethodRule[];
  /** Omnium payment method of what the two halves of an exchange owe each other. Default: by the rules, else the till's name. */
  readonly virtualPaymentMethodName?: string;
  /** SKU for sold gift cards that have none of their own (`OrderSettings.giftCardSku`). */
  readonly giftCardSku?: string;
  /** SKU of the line that carries the checkout fee. Default `SITOO-CHECKOUT-FEE`. */
  readonly checkoutFeeSku?: string;
  /** SKU of the line that carries a delivery fee where there is no delivery. Default `SITOO-DELIVERY-FEE`. */
  readonly deliveryFeeSku?: string;
  /** Omnium customer of a known buyer. Absent or undefined: the order is linked later. */
  readonly customerIdOf?: (buyer: SitooBuyer, data: SitooData) => string | undefined;
}

export type OmniumAddress = NonNullable<OmniumOrder['billingAddress']>;

export interface OrderMarket {
  /** Omnium market id. */
  readonly id: string;
  /** ISO 4217. */
  readonly currency: string;
  /** ISO 3166-1 alpha-2: for addresses that name no country. */
  readonly countryCode: string;
  /** true: no tax on this market's orders. */
  readonly isTaxExcluded?: boolean;
  /** Further receipt currencies that this market takes. */
  readonly allowedCurrencies?: readonly string[];
  /** VAT rates in percent, tried for fees, which carry no rate. */
  readonly vatRates?: readonly number[];
  /** VAT rates in percent that the market has a group for. Present: a row of any other rate is rejected. */
  readonly vatGroups?: readonly number[];
}

/** A rule matches by `externalId`, else by `name`; a match by external id wins over one by name. */
export interface PaymentMethodRule {
  /** externalid of the Sitoo payment type. */
  readonly externalId?: string;
  /** Name of the Sitoo payment type, any case. */
  readonly name?: string;
  /** A payment method configured in Omnium. */
  readonly paymentMethodName: string;
  /** Sub-type shown in Omnium. Default: the till's payment name. */
  readonly paymentType?: string;
}
