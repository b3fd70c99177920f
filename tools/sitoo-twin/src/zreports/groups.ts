import type { SitooOrder, SitooOrderItem, SitooPayment, SitooZReport } from '@connector/contracts';
import { decimal, type Decimal, money, sum, zero } from '../orders/money';
import { grossOf } from '../orders/rows';
import { isVirtual } from '../till/receipt';

type Item<List> = List extends readonly (infer One)[] ? One : never;
type VatGroup = Item<NonNullable<SitooZReport['vatgroupssales']>>;
type ProductGroup = Item<NonNullable<SitooZReport['productgroupssales']>>;
type PaymentGroup = Item<NonNullable<SitooZReport['paymentssales']>>;
type DiscountGroup = Item<NonNullable<SitooZReport['discountssales']>>;

/** An amount with its rate; refunds count as positive numbers (orders-and-customers section 15). */
export interface Portion {
  vatvalue: number;
  net: Decimal;
  vat: Decimal;
  units: number;
  productGroup: string;
}

/** Rows and fees of an order on one side of the report: what was sold, or what was given back. A discount row is on the side of its quantity's sign. */
export function portionsOf(order: SitooOrder, side: 'sales' | 'refund'): Portion[] {
  const sign = side === 'sales' ? 1 : -1;
  const rows = productRows(order).flatMap((row) => {
    const isOnSide = side === 'sales' ? row.units >= 0 : row.units < 0;
    return isOnSide ? [{ ...row, net: row.net.times(sign), vat: row.vat.times(sign), units: Math.abs(row.units) }] : [];
  });
  return side === 'sales' ? [...rows, ...feesOf(order)] : rows;
}

function productRows(order: SitooOrder): Portion[] {
  return (order.orderitems ?? []).map((row) => ({
    vatvalue: row.vatvalue ?? 0,
    net: decimal(row.moneyitemtotal_net),
    vat: decimal(row.moneyitemtotal_vat),
    units: row.quantity,
    productGroup: row.additionaldata?.['product-group-name'] ?? '',
  }));
}

/** Delivery and payment fees have no rate of their own: VAT over net, in whole percent (section 17). */
function feesOf(order: SitooOrder): Portion[] {
  const fees = [
    { net: decimal(order.moneydelivery_net), vat: decimal(order.moneydelivery_vat) },
    { net: decimal(order.moneycheckout_net), vat: decimal(order.moneycheckout_vat) },
  ];
  return fees
    .filter(({ net, vat }) => !net.plus(vat).eq(0))
    .map(({ net, vat }) => {
      const vatvalue = net.eq(0) ? 0 : Number(vat.times(100).div(net).round(0));
      return { vatvalue, net, vat, units: 0, productGroup: '' };
    });
}

export function totalsOf(portions: readonly Portion[]) {
  const net = sum(portions.map((portion) => portion.net));
  const vat = sum(portions.map((portion) => portion.vat));
  const amounts = { moneytotal: money(net.plus(vat)), moneytotalnet: money(net), moneytotalvat: money(vat) };
  return { net, gross: net.plus(vat), units: portions.reduce((total, { units }) => total + units, 0), amounts };
}

export function vatGroups(portions: readonly Portion[]): VatGroup[] {
  const groups = groupBy(portions, ({ vatvalue }) => vatvalue);
  return [...groups].sort(([a], [b]) => a - b).map(([vatvalue, parts]) => ({ vatvalue, ...totalsOf(parts).amounts }));
}

export function productGroups(portions: readonly Portion[]): ProductGroup[] {
  const groups = groupBy(portions, ({ productGroup, vatvalue }) => `${productGroup}|${vatvalue}`);
  return [...groups.values()].flatMap((parts) => {
    const { productGroup: name = '', vatvalue = 0 } = parts[0] ?? {};
    const { amounts, units } = totalsOf(parts);
    return { name, vatvalue, numtotal: units, ...amounts };
  });
}

/** Money that moved, per payment type; what only sets an exchange's halves off is left out (section 9). */
export function paymentGroups(orders: readonly SitooOrder[], side: 'sales' | 'refund'): PaymentGroup[] {
  const sign = side === 'sales' ? 1 : -1;
  const parts = orders.flatMap((order) => [...captured(order, sign), ...reserved(order, sign)]);
  return [...groupBy(parts, ({ name }) => name)].map(([name, entries]) => {
    const of = (field: 'captured' | 'inAdvance' | 'reserved') => sum(entries.map((entry) => entry[field]));
    return {
      name,
      moneytotal: money(of('captured').plus(of('reserved'))),
      moneycaptured: money(of('captured')),
      moneyinadvance: money(of('inAdvance')),
      moneyreserved: money(of('reserved')),
      subpayments: [],
    };
  });
}

function captured(order: SitooOrder, sign: 1 | -1) {
  const isInAdvance = order.orderstateid === 0;
  return moved(order)
    .filter((one) => decimal(one.moneyamount).times(sign).gt(0))
    .map(({ name, moneyamount }) => {
      const amount = decimal(moneyamount).times(sign);
      return { name, captured: amount, inAdvance: isInAdvance ? amount : zero, reserved: zero };
    });
}

function reserved({ reservedpayments = [] }: SitooOrder, sign: 1 | -1) {
  const sales = sign === 1 ? reservedpayments : [];
  return sales.map(({ name, moneyreserved }) => ({ name, captured: zero, inAdvance: zero, reserved: decimal(moneyreserved) }));
}

/** Payments by which money changed hands. */
export function moved({ payments = [] }: SitooOrder): SitooPayment[] {
  return payments.filter((payment) => !isVirtual(payment));
}

/** Discounts per `vouchercode`, on one side (sections 7 and 15). */
export function discountGroups(orders: readonly SitooOrder[], side: 'sales' | 'refund'): DiscountGroup[] {
  const rows = orders
    .flatMap((order) => order.orderitems ?? [])
    .filter((row) => (side === 'sales' ? row.quantity > 0 : row.quantity < 0) && !decimal(row.moneydiscount).eq(0));
  return [...groupBy(rows, (row) => row.vouchercode ?? '')].map(([vouchercode, members]) => {
    const parts = members.map(discountOf);
    return { vouchercode, ...totalsOf(parts).amounts };
  });
}

/** `moneydiscount` is net and per unit; what was sent for the whole row with VAT is more exact where it is kept (section 7). */
function discountOf(row: SitooOrderItem): Portion {
  const rate = decimal(row.vatvalue ?? 0).div(100);
  const units = decimal(row.quantity)
    .abs()
    .times(row.decimalunitquantity ?? 1);
  const net = decimal(row.moneydiscount).times(units);
  const sent = row.additionaldata?.['orderitem-moneyrowdiscount'];
  const gross = sent === undefined ? net.times(rate.plus(1)) : decimal(sent).abs();
  const exactNet = sent === undefined ? net : gross.div(rate.plus(1));
  return {
    vatvalue: row.vatvalue ?? 0,
    net: decimal(money(exactNet)),
    vat: decimal(money(gross)).minus(decimal(money(exactNet))),
    units: 0,
    productGroup: '',
  };
}

function groupBy<Member, Key>(members: readonly Member[], keyOf: (member: Member) => Key): Map<Key, Member[]> {
  const groups = new Map<Key, Member[]>();
  for (const member of members) groups.set(keyOf(member), [...(groups.get(keyOf(member)) ?? []), member]);
  return groups;
}

/** Gift cards sold: rows that carry a card number. */
export function isGiftCard(row: SitooOrderItem): boolean {
  return row.additionaldata?.['giftcard-cardnumber'] !== undefined && grossOf(row).gt(0);
}
