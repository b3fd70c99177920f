import type { JsonObject, Order } from '../documents';
import { isObject, listOf } from '../documents';
import type { Problem } from '../refusal';

const LARGEST_PAGE = 100;
/** `take * page` may not go beyond it. */
const LARGEST_OFFSET = 10_000;
/** Page size when none is sent: not published, 20 is what the GET lists use. */
const DEFAULT_PAGE = 20;

type Texts = readonly (string | null | undefined)[];
type Filter = (order: Order, wanted: unknown) => boolean;

const anyOf =
  (valuesOf: (order: Order) => Texts): Filter =>
  (order, wanted) =>
    valuesOf(order).some((value) => textsOf(wanted).includes(value ?? ''));
const noneOf =
  (valuesOf: (order: Order) => Texts): Filter =>
  (order, wanted) =>
    !anyOf(valuesOf)(order, wanted);
const equal =
  (valuesOf: (order: Order) => Texts): Filter =>
  (order, wanted) =>
    valuesOf(order).includes(String(wanted));
/** From is inclusive, to is exclusive. */
const from =
  (valueOf: (order: Order) => string | null | undefined): Filter =>
  (order, wanted) =>
    timeOf(valueOf(order)) >= timeOf(String(wanted));
const to =
  (valueOf: (order: Order) => string | null | undefined): Filter =>
  (order, wanted) =>
    timeOf(valueOf(order)) < timeOf(String(wanted));

const filters: Readonly<Record<string, Filter>> = {
  externalIds: anyOf((order) => listOf(order.externalIds).map((external) => external.id)),
  orderNumber: equal((order) => [order.orderNumber, order.id]),
  selectedMarkets: anyOf((order) => [order.marketId]),
  selectedStores: anyOf((order) => [order.storeId]),
  selectedStatuses: anyOf((order) => [order.status]),
  excludedStatuses: noneOf((order) => [order.status]),
  excludedTags: noneOf((order) => listOf(order.tags)),
  tags: anyOf((order) => listOf(order.tags)),
  salesChannels: anyOf((order) => [order.salesChannel]),
  customerIds: anyOf((order) => [order.customerId]),
  orderType: equal((order) => [order.orderType]),
  customerId: equal((order) => [order.customerId]),
  customerNumber: equal((order) => [order.customerNumber]),
  email: equal((order) => [order.customerEmail]),
  phone: equal((order) => [order.customerPhone]),
  hasErrors: (order) => listOf(order.errors).length > 0,
  properties: (order, wanted) => Array.isArray(wanted) && wanted.some((property) => hasProperty(order, property)),
  modifiedFrom: from((order) => order.modified),
  modifiedTo: to((order) => order.modified),
  createdFrom: from((order) => order.created),
  createdTo: to((order) => order.created),
  completedFrom: from((order) => order.completed),
  completedTo: to((order) => order.completed),
};

const NOT_FILTERS = ['take', 'page', 'sortOrder', 'disableFacets'];

const sortings: Readonly<Record<string, (a: Order, b: Order) => number>> = {
  CreatedAscending: (a, b) => timeOf(a.created) - timeOf(b.created),
  CreatedDescending: (a, b) => timeOf(b.created) - timeOf(a.created),
  ModifiedAscending: (a, b) => timeOf(a.modified) - timeOf(b.modified),
  ModifiedDescending: (a, b) => timeOf(b.modified) - timeOf(a.modified),
};

/** Why a search is refused: too large a page or offset, or a filter that the twin does not serve and must not ignore. */
export function searchProblems(request: JsonObject): Problem[] {
  const { take, page } = pageOf(request);
  return [
    ...(take > LARGEST_PAGE ? [{ rule: 'take', detail: `take is ${take}, at most ${LARGEST_PAGE}` }] : []),
    ...(take * page > LARGEST_OFFSET
      ? [{ rule: 'search-window', detail: `take * page is ${take * page}, at most ${LARGEST_OFFSET}` }]
      : []),
    ...scrollProblems(request),
  ];
}

/** Filters that the twin does not serve and must not ignore; a scroll knows no page. */
export function scrollProblems(request: JsonObject): Problem[] {
  const unserved = wantedFilters(request).filter(([name]) => !(name in filters));
  return unserved.map(([name]) => ({ rule: 'filter-not-served', detail: `the twin does not filter by ${name}` }));
}

/** One page of the orders that fit every filter, and how many fit in all. Pages count from 0. */
export function searchOrders(indexed: readonly Order[], request: JsonObject): { result: Order[]; totalHits: number } {
  const hits = searchAll(indexed, request);
  const { take, page } = pageOf(request);
  return { result: hits.slice(page * take, (page + 1) * take), totalHits: hits.length };
}

/** Every order that fits every filter, sorted. */
export function searchAll(indexed: readonly Order[], request: JsonObject): Order[] {
  const wanted = wantedFilters(request);
  const hits = indexed.filter((order) => wanted.every(([name, value]) => filters[name]?.(order, value) ?? true));
  return hits.toSorted(sortings[String(request.sortOrder)] ?? byId);
}

/** A property with everything that is asked for: key, value, keyGroup. */
function hasProperty(order: Order, wanted: unknown): boolean {
  const asked = Object.entries(isObject(wanted) ? wanted : {}).filter(([, value]) => value !== null);
  const matches = (property: JsonObject) => asked.every(([name, value]) => property[name] === value);
  return listOf(order.properties).some((property) => matches({ ...property }));
}

function wantedFilters(request: JsonObject): [string, unknown][] {
  return Object.entries(request).filter(([name, value]) => !NOT_FILTERS.includes(name) && !isUnset(value));
}

/** null, false and an empty list filter nothing. */
function isUnset(value: unknown): boolean {
  return value === null || value === undefined || value === false || (Array.isArray(value) && value.length === 0);
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function pageOf(request: JsonObject): { take: number; page: number } {
  return { take: Number(request.take ?? DEFAULT_PAGE), page: Number(request.page ?? 0) };
}

/** Without an offset a time is UTC. */
function timeOf(text: string | null | undefined): number {
  if (!text) return Number.NaN;
  return Date.parse(/(Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`);
}

function byId(a: Order, b: Order): number {
  return (a.id ?? '') < (b.id ?? '') ? -1 : 1;
}
