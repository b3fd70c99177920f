import type { OmniumOrder } from '@connector/contracts';
import { idOf } from '../document';
import { type OrderFamily } from '../family/family';
import { mapFamily } from '../family/map-family';
import { returnId } from '../identifiers';
import type { OrderContext } from '../order-context';
import type { DecodedSitooOrder } from '../sitoo-order';
import { type FieldOrigin, fieldOrigins, propertyOrigins } from './rules';

/** Why a field of the document says what it says. */
export interface FieldExplanation {
  /** `orderForm.lineItems[0].placedPrice`; list entries by their key. Never a value. */
  readonly path: string;
  /** Fields of Sitoo, `orderitems[0].moneydiscount`; of a refund `20519:orderitems[0].sku`. Empty when none. */
  readonly from: string;
  readonly rule: string;
}

/** For every field of the family's document: which fields of Sitoo and which rule made it. Empty when there is no document. */
export function explainOrder(family: OrderFamily, context: OrderContext): FieldExplanation[] {
  const mapping = mapFamily(family, context);
  if (!mapping.ok) return [];
  return leavesOf(mapping.order).flatMap((leaf) => {
    const origin = originOf(leaf);
    return origin ? { path: leaf.path, from: place(origin.from, leaf, family, context), rule: origin.rule } : [];
  });
}

/** One value of a document. */
export interface Leaf {
  readonly path: string;
  /** The path without keys: `orderForm.lineItems[].placedPrice`. */
  readonly pattern: string;
  /** Keys of the list entries on the way. */
  readonly keys: readonly string[];
  /** May be about a person. */
  readonly value: unknown;
}

/** Fields by which entries of Omnium's lists are told apart, the most telling first. */
const KEYS = ['lineItemId', 'shipmentId', 'returnId', 'key', 'providerName', 'id'] as const;

/** Every value of a document that is not an object or a list. */
export function leavesOf(order: OmniumOrder): Leaf[] {
  return walk(order, { path: '', pattern: '', keys: [] });
}

function walk(value: unknown, at: Omit<Leaf, 'value'>): Leaf[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) {
    return value.flatMap((entry: unknown, index) => {
      const key = keyOf(entry) ?? String(index);
      return walk(entry, { path: `${at.path}[${key}]`, pattern: `${at.pattern}[]`, keys: [...at.keys, key] });
    });
  }
  if (typeof value !== 'object' || value === null) return [{ ...at, value }];
  const dot = at.path === '' ? '' : '.';
  return Object.entries(value).flatMap(([field, inner]) =>
    walk(inner, { path: `${at.path}${dot}${field}`, pattern: `${at.pattern}${dot}${field}`, keys: at.keys }),
  );
}

function keyOf(entry: unknown): string | undefined {
  if (typeof entry !== 'object' || entry === null) return undefined;
  const fields = new Map<string, unknown>(Object.entries(entry));
  const key = KEYS.map((name) => fields.get(name)).find((value) => typeof value === 'string');
  return typeof key === 'string' ? key : undefined;
}

const PROPERTY = /(^|\.)properties\[\]\.(key|value|keyGroup)$/;

function originOf({ pattern, keys }: Leaf): FieldOrigin | undefined {
  if (!PROPERTY.test(pattern)) return Object.hasOwn(fieldOrigins, pattern) ? fieldOrigins[pattern] : undefined;
  const key = keys.at(-1) ?? '';
  if (Object.hasOwn(propertyOrigins, key)) return propertyOrigins[key];
  const owner = pattern.includes('lineItems[]') ? '{row}.' : '';
  return key.startsWith('Sitoo') ? undefined : { from: `${owner}additionaldata.${key}`, rule: 'additionaldata under its own name' };
}

/** Puts the entry of Sitoo's document in place of the placeholder, and names the refund when the field is not of the root. */
function place(from: string, { pattern, keys }: Leaf, family: OrderFamily, context: OrderContext): string {
  const owner = ownerOf(pattern, keys, family, context);
  const row = pattern.includes('lineItems[]') ? rowOf(keys[pattern.startsWith('orderForm.lineItems') ? 0 : 1], owner) : 'orderitems[]';
  const payment = pattern.startsWith('orderForm.payments[]') ? paymentOf(keys[0]) : 'payments[]';
  const text = from.replaceAll('{row}', row).replaceAll('{payment}', payment);
  return owner === family.root || text === '' ? text : `${owner.orderId}:${text}`;
}

/** The Sitoo order that an entry is of: return forms and payments out are of their refunds. */
function ownerOf(pattern: string, keys: readonly string[], { root, refunds }: OrderFamily, context: OrderContext): DecodedSitooOrder {
  const [key = ''] = keys;
  if (pattern.startsWith('returnOrderForms[]')) return refunds.find((refund) => returnId(idOf(refund, context)) === key) ?? root;
  if (pattern.startsWith('orderForm.payments[]')) return refunds.find((refund) => key.startsWith(`${idOf(refund, context)}-`)) ?? root;
  return root;
}

function rowOf(lineItemId: string | undefined, { rows }: DecodedSitooOrder): string {
  const row =
    rows.find(({ data }) => data['pos-originalsales-orderitemid'] === lineItemId || data['web-itemid'] === lineItemId) ??
    rows.find(({ itemId }) => String(itemId) === lineItemId);
  return `orderitems[${row?.index ?? ''}]`;
}

/** `…-p2` and `…-c2` are the second payment; an authorization is a reservation. */
function paymentOf(key: string | undefined): string {
  const position = /-[pc](\d+)$/.exec(key ?? '')?.[1];
  return position === undefined ? 'reservedpayments[]' : `payments[${Number(position) - 1}]`;
}
