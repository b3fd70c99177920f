import type { Amount } from '../money/amount';

/** A Sitoo order as the rules need it: decoded once, amounts as decimals, empty strings as undefined. */
export interface DecodedSitooOrder {
  /** Unique in the Sitoo account, rises with insertion. */
  readonly orderId: number;
  /** Sitoo's eshopid. */
  readonly site: number;
  /** Set by whoever created the order through the API; POS sales have none. */
  readonly externalId: string | undefined;
  /** The credited order, on a refund. */
  readonly creditOrderId: number | undefined;
  readonly typeId: number;
  readonly stateId: number;
  readonly paymentStateId: number;
  /** Unix seconds. An offline register uploads later and keeps the original time. */
  readonly orderedAt: number;
  /** ISO 4217. */
  readonly currency: string;
  readonly registerId: string | undefined;
  readonly warehouseId: number | undefined;
  readonly staffUserId: string | undefined;
  readonly checkoutName: string | undefined;
  readonly comment: string | undefined;
  readonly commentInternal: string | undefined;
  readonly customerReference: string | undefined;
  /** Unix seconds: until when a booking holds its stock. */
  readonly reservedUntil: number | undefined;
  readonly checkoutReference: string | undefined;
  readonly buyer: SitooBuyer;
  readonly invoiceAddress: SitooAddress | undefined;
  readonly deliveryAddress: SitooAddress | undefined;
  readonly totals: SitooTotals;
  /** additionaldata: text values only. */
  readonly data: SitooData;
  readonly rows: readonly SitooRow[];
  readonly payments: readonly SitooTender[];
  /** Authorised payments, captured or not. */
  readonly reservedPayments: readonly SitooReservation[];
  /** The order's log: when and what kind of entry. Its texts name staff and are not read. */
  readonly log: readonly SitooLogEntry[];
}

export type SitooData = Readonly<Record<string, string>>;

/** Personal data of the buyer, as typed at the till. */
export interface SitooBuyer {
  readonly email: string | undefined;
  readonly firstName: string | undefined;
  readonly lastName: string | undefined;
  /** Personal identity number or organisation number. */
  readonly personalId: string | undefined;
  readonly company: string | undefined;
  readonly phone: string | undefined;
}

export interface SitooAddress {
  readonly line1: string | undefined;
  readonly line2: string | undefined;
  readonly postalCode: string | undefined;
  readonly city: string | undefined;
  readonly state: string | undefined;
  /** ISO 3166-1 alpha-2, upper case. */
  readonly countryCode: string | undefined;
}

/** Amounts of the receipt in its own currency. */
export interface SitooTotals {
  readonly finalNet: Amount;
  readonly finalVat: Amount;
  readonly checkoutNet: Amount;
  readonly checkoutVat: Amount;
  readonly deliveryNet: Amount;
  readonly deliveryVat: Amount;
  readonly salesTax: Amount;
  /** Cash rounding, may be negative. */
  readonly roundoff: Amount;
  /** moneytotal_gross_all. */
  readonly toPay: Amount;
}

/** One entry of orderitems: a product row or a discount row. */
export interface SitooRow {
  /** Position in the document, for messages. */
  readonly index: number;
  /** Zero-based, unique in the order. */
  readonly itemId: number;
  readonly typeId: number | undefined;
  readonly productId: number | undefined;
  readonly name: string;
  readonly sku: string | undefined;
  readonly attributes: string | undefined;
  readonly buyerText: string | undefined;
  readonly unit: string | undefined;
  /** Number of units; negative on returned rows. */
  readonly quantity: number;
  /** Size of one unit of measured goods, three decimals. */
  readonly unitQuantity: Amount | undefined;
  /** quantity x unitQuantity: what was priced. */
  readonly pricedQuantity: Amount;
  /** Percent. */
  readonly vatRate: Amount;
  /** Row totals after discount: authoritative. */
  readonly net: Amount;
  readonly vat: Amount;
  /** Net discount per priced unit, rounded to cents by Sitoo. */
  readonly unitDiscount: Amount;
  /** Discount of the whole row as sent through the API, with tax. */
  readonly rowDiscount: Amount | undefined;
  readonly voucherCode: string | undefined;
  readonly voucherName: string | undefined;
  readonly data: SitooData;
}

/** One entry of payments. */
export interface SitooTender {
  readonly index: number;
  /** Payment type name as configured at the till. */
  readonly name: string;
  /** In the receipt's currency; negative when paid back. */
  readonly amount: Amount;
  readonly externalId: string | undefined;
  readonly referenceType: string | undefined;
  readonly referenceId: string | undefined;
  readonly cardIssuer: string | undefined;
  /** The reservation that this payment captures. */
  readonly reservationId: string | undefined;
  readonly data: SitooData;
}

/** One entry of reservedpayments: money that the buyer's bank holds until the goods are handed over. */
export interface SitooReservation extends Omit<SitooTender, 'reservationId'> {
  readonly id: string;
}

/** One entry of orderlogitems. */
export interface SitooLogEntry {
  /** Unix seconds. */
  readonly at: number;
  /** OrderLogType: 900 ready for pick-up, 910 pick-up rejected. */
  readonly typeId: number;
}
