import type { SitooOrder } from '@connector/contracts';
import type { ReceiptCurrency } from './catalogue';
import { type ReceiptContent, receiptDocument, type ReceiptFrame } from './document';
import { type ReceiptFate, receiptFates, type ReceiptKind, saleMix } from './kinds';
import {
  bookingContent,
  endlessAisleContent,
  exchangeContents,
  mixedContent,
  parkedCartContent,
  returnContent,
  storePickupContent,
} from './other-orders';
import { inventBuyer, inventStaff } from './people';
import type { Rng } from './rng';
import { saleContent } from './sales';
import { defaultReceiptStores, type ReceiptStore, registerKey, unknownReceiptStore } from './stores';

/** A Sitoo order as `GET order` answers it, and what is to become of it. */
export interface LabelledReceipt {
  readonly order: SitooOrder;
  readonly expect: ReceiptFate;
  readonly kind: ReceiptKind;
}

export interface ReceiptOptions {
  /** Default: a sale, drawn by {@link saleMix}. */
  readonly kind?: ReceiptKind;
  /** Default 20451. */
  readonly orderId?: number;
  /** Sitoo's eshopid, default 1. */
  readonly site?: number;
  /** Default: drawn from {@link defaultReceiptStores}. */
  readonly store?: ReceiptStore;
  /** Default 1. */
  readonly register?: number;
  /** Running number of the register, default 10009. */
  readonly receiptNumber?: number;
  /** Default NOK. */
  readonly currency?: ReceiptCurrency;
  /** Unix seconds. Default 2026-03-02T14:11:09Z. */
  readonly orderedAt?: number;
  /** Default Europe/Oslo. */
  readonly timeZone?: string;
  /** Most product rows of plain sales, default 6. */
  readonly maxLines?: number;
  /** Text put into every personal field, to look for in logs. */
  readonly plantedToken?: string;
  /** The sale that a return or an exchange gives back. */
  readonly original?: SitooOrder;
  /** Order id of the other half of an exchange. Default: the next id for a refund, the one before for a sale. */
  readonly otherHalf?: number;
}

/** Makes one receipt. The same rng state and options give the same receipt. */
export function generateReceipt(rng: Rng, options: ReceiptOptions = {}): LabelledReceipt {
  const kind = options.kind ?? rng.weighted(saleMix);
  const frame = frameOf(rng, options, kind);
  const content = contentOf(rng, kind, frame, options);
  const staff = inventStaff(rng);
  const order = receiptDocument(frame, {
    ...content,
    data: { ...staff.data, ...content.data },
    fields: { userid_staff: staff.userId, ...content.fields },
  });
  return { order, expect: order.creditorderid ? 'merged' : receiptFates[kind], kind };
}

function frameOf(rng: Rng, options: ReceiptOptions, kind: ReceiptKind): ReceiptFrame {
  return {
    orderId: options.orderId ?? 20_451,
    site: options.site ?? 1,
    store: kind === 'unknown-store' ? unknownReceiptStore : (options.store ?? rng.pick(defaultReceiptStores)),
    register: options.register ?? 1,
    receiptNumber: options.receiptNumber ?? 10_009,
    currency: options.currency ?? 'NOK',
    orderedAt: options.orderedAt ?? 1_772_460_669,
    timeZone: options.timeZone ?? 'Europe/Oslo',
  };
}

function contentOf(rng: Rng, kind: ReceiptKind, frame: ReceiptFrame, options: ReceiptOptions): ReceiptContent {
  const sale = { currency: frame.currency, maxLines: options.maxLines ?? 6 };
  const token = options.plantedToken ?? '';
  switch (kind) {
    case 'return':
      return returnContent(rng, sale, options.original);
    case 'exchange-refund':
    case 'exchange-sale':
      return exchangeHalf(rng, kind, frame, options);
    case 'booking':
      return bookingContent(rng, frame, sale, token);
    case 'parked-cart':
      return parkedCartContent(rng, sale);
    case 'endless-aisle':
      return endlessAisleContent(rng, sale, token);
    case 'store-pickup':
      return storePickupContent(rng, frame, sale, token);
    case 'mixed':
      return mixedContent(rng, sale);
    default:
      return withBuyer(rng, kind, saleContent(rng, kind, sale), token);
  }
}

function exchangeHalf(rng: Rng, kind: 'exchange-refund' | 'exchange-sale', frame: ReceiptFrame, options: ReceiptOptions): ReceiptContent {
  const isRefund = kind === 'exchange-refund';
  const other = options.otherHalf ?? frame.orderId + (isRefund ? 1 : -1);
  const ids = {
    refund: isRefund ? frame.orderId : other,
    sale: isRefund ? other : frame.orderId,
    refundReceipt: `${registerKey(frame.store, frame.register)}${frame.receiptNumber - (isRefund ? 0 : 1)}`,
  };
  const halves = exchangeContents(rng, { currency: frame.currency, maxLines: 1 }, options.original, ids);
  return isRefund ? halves.refund : halves.sale;
}

/** One sale in six tells who bought; known customers always do, with their membership. */
function withBuyer(rng: Rng, kind: ReceiptKind, content: ReceiptContent, plantedToken: string): ReceiptContent {
  if (kind !== 'known-customer' && !rng.chance(1 / 6)) return content;
  const member = { 'crm-customerid': `crm-${rng.int(100_000, 999_999)}`, 'crm-membernumber': String(rng.int(10_000, 99_999)) };
  const comment = plantedToken === '' ? '' : `Called by ${plantedToken}`;
  return {
    ...content,
    data: { ...content.data, ...(kind === 'known-customer' ? member : {}) },
    fields: { ...content.fields, ...inventBuyer(rng, plantedToken), comment },
  };
}
