import type { OmniumShipmentOption } from '@connector/contracts';
import type { SitooBuyer, SitooData } from './sitoo-order';

/** Everything outside the receipt that decides what the order looks like. */
export interface OrderContext {
  readonly tenant: string;
  readonly market: OrderMarket;
  /** An order type of the tenant, `PosSitoo` in the Sitoo set-up. */
  readonly orderType: string;
  /** The type's status for a sale that is over, `Completed` in the Sitoo set-up. */
  readonly completedStatus: string;
  /** Omnium store id of a Sitoo store external id. */
  readonly storeByExternalId: (externalId: string) => string | undefined;
  /** Omnium store id of the Sitoo store that a warehouse belongs to: asked only when the receipt names no store. */
  readonly storeOfWarehouse?: (warehouseId: number) => string | undefined;
  /** Omnium store id mapped to the Sitoo warehouse (`SitooWarehouseId`): where the goods left. Without it, the selling store. */
  readonly stockLocationOfWarehouse?: (warehouseId: number) => string | undefined;
  /** Options of the market, in Omnium's order. */
  readonly shipmentOptions: readonly OmniumShipmentOption[];
  /** Absent: the till's payment names are Omnium's payment methods. Present: a payment that no rule matches is rejected. */
  readonly paymentMethods?: readonly PaymentMethodRule[];
  /** SKU for sold gift cards that have none of their own (`OrderSettings.giftCardSku`). */
  readonly giftCardSku?: string;
  /** SKU of the line that carries the checkout fee. Default `SITOO-CHECKOUT-FEE`. */
  readonly checkoutFeeSku?: string;
  /** Omnium customer of a known buyer. Absent or undefined: the order is linked later. */
  readonly customerIdOf?: (buyer: SitooBuyer, data: SitooData) => string | undefined;
}

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
