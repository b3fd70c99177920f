import type { SitooOrder } from '@connector/contracts';
import type { ReceiptCurrency } from './catalogue';
import { receiptDocument, type ReceiptFrame } from './document';
import { familyKinds, namesRowsShare } from './family';
import { generateReceipt, type LabelledReceipt, type ReceiptOptions } from './generate-receipt';
import { type ReceiptMix, saleMix, tradingDayMix } from './kinds';
import { bookingPurchaseContent } from './other-orders';
import { createRng, type Rng } from './rng';
import { SoldGoods } from './sold-goods';
import { defaultReceiptStores, type ReceiptStore } from './stores';

export interface TradingDayOptions {
  readonly seed: number;
  /** Number of orders; an exchange counts as two. */
  readonly count: number;
  /** Default 20001. Ids rise by one. */
  readonly firstOrderId?: number;
  readonly stores?: readonly ReceiptStore[];
  /** Default 2. */
  readonly registersPerStore?: number;
  readonly currency?: ReceiptCurrency;
  /** Local date of the shops, default `2026-03-02`. */
  readonly date?: string;
  /** Default Europe/Oslo. */
  readonly timeZone?: string;
  /** Weights by kind, in place of {@link tradingDayMix}. */
  readonly mix?: ReceiptMix;
  readonly site?: number;
  readonly maxLines?: number;
  readonly plantedToken?: string;
}

/** Shops open from 10 to 20. */
const OPENING_SECONDS = 10 * 3600;
const OPEN_SECONDS = 10 * 3600;
const DAY_SECONDS = 86_400;
/** An offline register uploads late: a new order id with a time up to an hour old. */
const LATE_SHARE = 0.01;
const LATE_SECONDS = 3600;
/** Sales that later returns are drawn from: few, so that some are returned to more than once. */
const RETURNABLE_SHARE = 0.1;
const RETURNABLE_SALES = 20;

/** A day of receipts in the order in which Sitoo numbers them. The same options give the same day. */
export function generateTradingDay(options: TradingDayOptions): LabelledReceipt[] {
  const rng = createRng(options.seed);
  const day = new TradingDay(rng, options);
  while (day.receipts.length < options.count) day.sellOnce();
  return day.receipts;
}

class TradingDay {
  readonly receipts: LabelledReceipt[] = [];
  private readonly counters = new Map<string, number>();
  private readonly opening: number;
  private lastSale: LabelledReceipt | undefined;
  /** Sales before it that nothing but later returns credits. */
  private earlier: SoldGoods[] = [];
  private readonly booked: SitooOrder[] = [];

  constructor(
    private readonly rng: Rng,
    private readonly options: TradingDayOptions,
  ) {
    this.opening = localToUnix(options.date ?? '2026-03-02', OPENING_SECONDS, options.timeZone ?? 'Europe/Oslo');
  }

  sellOnce(): void {
    const drawn = this.rng.weighted(this.options.mix ?? tradingDayMix);
    // An act for which nothing is there, or no room, makes nothing: the day draws again.
    switch (drawn) {
      case 'exchange':
        return this.exchange();
      case 'later-return':
        return this.laterReturn();
      case 'excess-return':
        return this.excessReturn();
      case 'booking-purchase':
        return this.bookingPurchase();
      case 'late-till':
        return this.lateTill();
      default:
        return this.add({ ...this.place(), kind: drawn });
    }
  }

  /** Both halves at one register, one after the other; the same choices for both, so that their amounts meet. */
  private exchange(): void {
    if (this.options.count - this.receipts.length < 2) return;
    const place = this.place();
    const seed = this.rng.int(0, 2 ** 31);
    const original = this.lastSale?.order;
    this.add({ ...place, kind: 'exchange-refund', original }, createRng(seed));
    this.add({ ...place, receiptNumber: this.count(place), kind: 'exchange-sale', original }, createRng(seed));
  }

  private laterReturn(): void {
    if (this.earlier.length === 0) return;
    const goods = this.rng.pick(this.earlier);
    this.receipts.push({ order: goods.refund(this.rng, this.frame()), kind: 'return', expect: 'merged' });
    if (goods.isAllBack) this.earlier = this.earlier.filter((other) => other !== goods);
  }

  private excessReturn(): void {
    const candidates = this.earlier.filter((goods) => goods.isSoldByThePiece);
    if (candidates.length === 0) return;
    const goods = this.rng.pick(candidates);
    // One per sale: its key is parked once, whatever else is refused with it.
    this.earlier = this.earlier.filter((other) => other !== goods);
    this.receipts.push({ order: goods.excessRefund(this.rng, this.frame()), kind: 'return', expect: 'parked' });
  }

  private bookingPurchase(): void {
    const booking = this.booked.shift();
    if (!booking) return;
    const order = receiptDocument(this.frame(), bookingPurchaseContent(this.rng, booking));
    this.receipts.push({ order, kind: 'single-line', expect: 'order' });
  }

  /** Yesterday's sales of one register, uploaded now: new ids with old dates. */
  private lateTill(): void {
    const { store, register } = this.place();
    const sales = Math.min(this.rng.int(10, 40), this.options.count - this.receipts.length);
    for (let sale = 0; sale < sales; sale += 1) {
      const orderedAt = this.opening - DAY_SECONDS + Math.floor((OPEN_SECONDS * sale) / sales);
      this.add({ store, register, receiptNumber: this.count({ store, register }), orderedAt });
    }
  }

  private add(options: ReceiptOptions, rng: Rng = this.rng): void {
    const { currency, timeZone, site, maxLines, plantedToken } = this.options;
    const receipt = generateReceipt(rng, {
      currency,
      timeZone,
      site,
      maxLines,
      plantedToken,
      original: this.lastSale?.order,
      ...options,
      orderId: this.nextId(),
    });
    this.receipts.push(receipt);
    if (isSale(receipt)) this.remember(receipt);
    else if (receipt.kind === 'booking') this.booked.push(receipt.order);
    // What came back once does not come back again.
    else if (receipt.expect === 'merged') this.lastSale = undefined;
  }

  private remember(sale: LabelledReceipt): void {
    const before = this.lastSale;
    this.lastSale = sale;
    if (!before || !familyKinds.includes(before.kind)) return;
    // Not drawn from the day's own choices, so that a day without later returns stays as it was.
    const rng = createRng(before.order.orderid);
    if (rng.chance(RETURNABLE_SHARE))
      this.earlier = [...this.earlier, new SoldGoods(before.order, rng.chance(namesRowsShare))].slice(-RETURNABLE_SALES);
  }

  private frame(): ReceiptFrame {
    const { currency = 'NOK', timeZone = 'Europe/Oslo', site = 1 } = this.options;
    return { ...this.place(), orderId: this.nextId(), currency, timeZone, site };
  }

  private nextId(): number {
    return (this.options.firstOrderId ?? 20_001) + this.receipts.length;
  }

  private place(): Pick<Required<ReceiptOptions>, 'store' | 'register' | 'receiptNumber' | 'orderedAt'> {
    const store = this.rng.pick(this.options.stores ?? defaultReceiptStores);
    const register = this.rng.int(1, this.options.registersPerStore ?? 2);
    const onTime = this.opening + Math.floor((OPEN_SECONDS * this.receipts.length) / this.options.count);
    const late = this.rng.chance(LATE_SHARE) ? this.rng.int(60, LATE_SECONDS) : 0;
    return { store, register, receiptNumber: this.count({ store, register }), orderedAt: onTime - late };
  }

  private count({ store, register }: { store: ReceiptStore; register: number }): number {
    const key = `${store.externalId}/${register}`;
    const number = (this.counters.get(key) ?? 10_000) + 1;
    this.counters.set(key, number);
    return number;
  }
}

function isSale({ kind, expect }: LabelledReceipt): boolean {
  return expect === 'order' && kind in saleMix;
}

/** Unix seconds of a local time. */
function localToUnix(date: string, secondsOfDay: number, timeZone: string): number {
  const asUtc = Date.parse(`${date}T00:00:00Z`) / 1000 + secondsOfDay;
  return asUtc - offsetSeconds(asUtc - offsetSeconds(asUtc, timeZone), timeZone);
}

/** How far local time is ahead of UTC. */
function offsetSeconds(unix: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  return Date.parse(`${format.format(new Date(unix * 1000)).replace(' ', 'T')}Z`) / 1000 - unix;
}
