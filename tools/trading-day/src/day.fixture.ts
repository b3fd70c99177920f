import type { OmniumOrder, SitooOrder, SitooZReport } from '@connector/contracts';
import { familyOf, familyRoot, mapFamily, orderId, type DayInput, type OrderContext } from '@connector/mapping';
import {
  decodedReceipt,
  defaultReceiptStores,
  generateTradingDay,
  receiptContext,
  registerId,
  type ReceiptMix,
  type ReceiptStore,
} from '@connector/testing';
import Big from 'big.js';

export const market = 'nor';
export const timeZone = 'Europe/Oslo';
/** One store with one register, so that a day is one report. */
const store: ReceiptStore = defaultReceiptStores[0] ?? { externalId: 'oslo', externalGroupId: '', name: 'Oslo', warehouseId: 43 };

const context: OrderContext = { ...receiptContext, market: { ...receiptContext.market, id: market } };

export interface AgreeingDay extends DayInput {
  receipts: SitooOrder[];
  orders: Map<string, OmniumOrder>;
}

/** A register's day on which everything agrees; tests take away or change what they need. */
export function aDay({ seed, count, mix }: { seed: number; count: number; mix?: ReceiptMix }): AgreeingDay {
  const sold = generateTradingDay({ seed, count, mix, stores: [store], registersPerStore: 1 });
  const receipts = sold
    .filter(
      ({ kind, expect, order }) =>
        expect !== 'parked' &&
        expect !== 'skipped' &&
        kind !== 'booking' &&
        order.additionaldata?.['store-externalid'] === store.externalId,
    )
    .map(({ order }) => order);
  return { report: reportOf(receipts), receipts, orders: documentsOf(receipts), market, site: 1, timeZone };
}

/** Omnium's documents of these receipts, refunds in the document of their sale; as they come over the wire. */
function documentsOf(receipts: readonly SitooOrder[]): Map<string, OmniumOrder> {
  const decoded = receipts.map(decodedReceipt);
  const owned = decoded.flatMap((order) => {
    const owner = familyRoot(order);
    return owner.kind === 'sitoo' ? [{ order, root: owner.orderId }] : [];
  });
  const refunds = groupBy(owned, ({ root }) => root);
  const roots = decoded.filter((order) => familyRoot(order).kind === 'self');
  return new Map(
    roots.map((root) => {
      const mapping = mapFamily({ ...familyOf(root), refunds: (refunds.get(root.orderId) ?? []).map(({ order }) => order) }, context);
      if (!mapping.ok) throw new Error(`${root.orderId}: ${mapping.rejection?.code ?? mapping.skip?.code}`);
      if (mapping.refused.length > 0) throw new Error(`refund refused: ${mapping.refused[0]?.rejection.code}`);
      const document: OmniumOrder = JSON.parse(JSON.stringify(mapping.order));
      return [idOf(root.orderId), document];
    }),
  );
}

export function idOf(sitooOrderId: number): string {
  return orderId({ market, site: 1, sitooOrderId });
}

/** A Z-report by the documents alone: nothing of the code under test is used to make it. */
function reportOf(receipts: readonly SitooOrder[]): SitooZReport {
  const rows = receipts.flatMap((order) => [...(order.orderitems ?? []).map(partOf), ...feesOf(order)]);
  const [sales, refunds] = [rows.filter(({ units }) => units >= 0), rows.filter(({ units }) => units < 0)];
  const payments = receipts.flatMap(({ payments: tenders = [] }) =>
    tenders.filter((one) => one.additionaldata?.['virtual-payment'] !== 'true'),
  );
  const reserved = receipts.flatMap(({ reservedpayments = [] }) => reservedpayments);
  const taken = [
    ...payments.filter(({ moneyamount }) => new Big(moneyamount).gt(0)).map(({ name, moneyamount }) => ({ name, value: moneyamount })),
    ...reserved.map(({ name, moneyreserved }) => ({ name, value: moneyreserved })),
  ];
  const paidOut = payments
    .filter(({ moneyamount }) => new Big(moneyamount).lt(0))
    .map(({ name, moneyamount }) => ({ name, value: new Big(moneyamount).times(-1) }));
  const dates = receipts.map(({ orderdate = 0 }) => orderdate);
  return {
    zreportid: 1,
    registerid: registerId(store, 1),
    dateopened: Math.min(...dates),
    datecreated: Math.max(...dates) + 1,
    numreceipts: receipts.length,
    moneysalestotal: gross(sales),
    moneyrefundtotal: negative(gross(refunds)),
    vatgroupssales: vatGroups(sales),
    vatgroupsrefund: vatGroups(refunds).map((group) => ({ ...group, moneytotalvat: negative(group.moneytotalvat) })),
    paymentssales: byName(taken),
    paymentsrefund: byName(paidOut),
    moneyroundoff: total(receipts.map((order) => order.moneytotal_gross_roundoff ?? '0')),
    moneysummarysalestax: '0.00',
    moneysummarytotal: total(receipts.map((order) => order.moneytotal_gross_all ?? '0')),
  };
}

interface Part {
  rate: number;
  net: string;
  vat: string;
  units: number;
}

function partOf(row: NonNullable<SitooOrder['orderitems']>[number]): Part {
  return { rate: row.vatvalue ?? 0, net: row.moneyitemtotal_net ?? '0', vat: row.moneyitemtotal_vat ?? '0', units: row.quantity };
}

function feesOf(order: SitooOrder): Part[] {
  const fees = [
    { net: order.moneycheckout_net ?? '0', vat: order.moneycheckout_vat ?? '0' },
    { net: order.moneydelivery_net ?? '0', vat: order.moneydelivery_vat ?? '0' },
  ];
  const charged = fees.filter(({ net }) => !new Big(net).eq(0));
  return charged.map(({ net, vat }) => ({ rate: Number(new Big(vat).times(100).div(net).toFixed(0)), net, vat, units: 0 }));
}

function vatGroups(parts: readonly Part[]): { vatvalue: number; moneytotalvat: string }[] {
  return [...groupBy(parts, ({ rate }) => rate)].map(([vatvalue, group]) => ({
    vatvalue,
    moneytotalvat: total(group.map(({ vat }) => vat)),
  }));
}

function byName(payments: readonly { name: string; value: string | Big }[]): { name: string; moneytotal: string }[] {
  return [...groupBy(payments, ({ name }) => name)].map(([name, group]) => ({
    name,
    moneytotal: total(group.map(({ value }) => value)),
  }));
}

function gross(parts: readonly Part[]): string {
  return total(parts.flatMap(({ net, vat }) => [net, vat]));
}

function negative(value: string): string {
  return new Big(value).times(-1).toFixed(2);
}

function total(values: readonly (string | Big)[]): string {
  return values.reduce<Big>((sum, value) => sum.plus(value), new Big(0)).toFixed(2);
}

function groupBy<Member, Key>(members: readonly Member[], keyOf: (member: Member) => Key): Map<Key, Member[]> {
  const groups = new Map<Key, Member[]>();
  for (const member of members) groups.set(keyOf(member), [...(groups.get(keyOf(member)) ?? []), member]);
  return groups;
}
