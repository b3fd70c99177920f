import { isDeepStrictEqual } from 'node:util';
import type { JsonObject } from '../documents';
import { isObject } from '../documents';

/** Fields of the patch schemas that steer the patch, or that the order document does not have. */
const NOT_STORED = [
  'keepExistingCustomProperties',
  'keepExistingListItems',
  'propertiesRemovalConditions',
  'forceUpdate',
  'replaceLineItemsArray',
  'shouldAddMissingLineItems',
  'id',
  'customerGroups',
  'ignorePromotions',
  'chargeShipmentCostAmount',
  'creditShipmentAmount',
];

/** What identifies an item of a list; items of other lists are told apart by their whole content. */
const ITEM_KEYS: Readonly<Record<string, string>> = {
  lineItems: 'lineItemId',
  shipments: 'shipmentId',
  payments: 'id',
  returnOrderForms: 'returnId',
  orderNotes: 'id',
  publicOrderNotes: 'id',
  assets: 'assetId',
};

/**
 * Merge rules of Omnium's PATCH: only what is sent changes and null counts as not sent; `propertiesRemovalConditions` come first; `properties`
 * merge by key unless `keepExistingCustomProperties` is false; items with an id are patched by id, other items are added unless
 * `keepExistingListItems` is false; `forceUpdate` names fields to set to null.
 */
export function applyPatch(document: JsonObject, patch: JsonObject): JsonObject {
  const patched = patchObject(document, patch, patch.keepExistingListItems !== false);
  const forced = stringsOf(patch.forceUpdate).map((field) => [field, null]);
  return { ...patched, ...Object.fromEntries(forced) };
}

function patchObject(document: JsonObject, patch: JsonObject, keepsItems: boolean): JsonObject {
  const result: JsonObject = { ...document, ...(patch.propertiesRemovalConditions ? { properties: remaining(document, patch) } : {}) };
  for (const [key, value] of Object.entries(patch)) {
    if (NOT_STORED.includes(key) || value === null || value === undefined) continue;
    result[key] = patchValue(key, result[key], value, patch, keepsItems);
  }
  return result;
}

function patchValue(key: string, current: unknown, value: unknown, patch: JsonObject, keepsItems: boolean): unknown {
  if (isObject(value)) return patchObject(isObject(current) ? current : {}, value, keepsItems);
  if (!Array.isArray(value)) return value;
  const items: unknown[] = Array.isArray(current) ? current : [];
  if (key === 'properties') return patch.keepExistingCustomProperties === false ? value : mergeBy(items, value, propertyKey, replace);
  if (key === 'lineItems' && patch.replaceLineItemsArray === true) return value;
  const itemKey = ITEM_KEYS[key];
  if (!itemKey) return keepsItems ? union(items, value) : value;
  const merged = mergeBy(items, value, (item) => textOf(item[itemKey]), patchItem(itemKey, keepsItems));
  return key === 'lineItems' && patch.shouldAddMissingLineItems === false && items.length > 0 ? merged.slice(0, items.length) : merged;
}

function patchItem(itemKey: string, keepsItems: boolean) {
  return (current: JsonObject, sent: JsonObject): JsonObject => ({
    // Lines that are not on a return yet are left out unless the patch asks for them; that flag exists on return forms only.
    ...patchObject(current, itemKey === 'returnId' ? { shouldAddMissingLineItems: false, ...sent } : sent, keepsItems),
    ...(sent[itemKey] ? { [itemKey]: sent[itemKey] } : {}),
  });
}

/** Existing items in their order, changed by the sent item of the same key; then the sent items without one. An item without a key is always new. */
function mergeBy(
  existing: readonly unknown[],
  sent: readonly unknown[],
  keyOf: (item: JsonObject) => string | undefined,
  change: (current: JsonObject, sent: JsonObject) => JsonObject,
): unknown[] {
  const result = [...existing];
  for (const item of sent.filter(isObject)) {
    const key = keyOf(item);
    const index = key === undefined ? -1 : result.findIndex((candidate) => isObject(candidate) && keyOf(candidate) === key);
    if (index < 0) result.push(change({}, item));
    else result[index] = change(asObject(result[index]), item);
  }
  return result;
}

function replace(_current: JsonObject, sent: JsonObject): JsonObject {
  return sent;
}

function union(existing: readonly unknown[], sent: readonly unknown[]): unknown[] {
  return [...existing, ...sent.filter((item) => !existing.some((candidate) => isDeepStrictEqual(candidate, item)))];
}

/** Properties that match none of the conditions; a condition matches when every field it names is equal. */
function remaining(document: JsonObject, patch: JsonObject): unknown[] {
  const conditions = Array.isArray(patch.propertiesRemovalConditions) ? patch.propertiesRemovalConditions.filter(isObject) : [];
  const properties: unknown[] = Array.isArray(document.properties) ? document.properties : [];
  return properties.filter((property) => !conditions.some((condition) => isObject(property) && matches(property, condition)));
}

function matches(property: JsonObject, condition: JsonObject): boolean {
  const named = Object.entries(condition).filter(([, value]) => value !== null && value !== undefined);
  return named.length > 0 && named.every(([field, value]) => property[field] === value);
}

function propertyKey(item: JsonObject): string | undefined {
  return textOf(item.key);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function asObject(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

function stringsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
