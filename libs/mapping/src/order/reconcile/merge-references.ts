import { PROPERTY_GROUP } from '../identifiers';
import type { OmniumProperty } from '../properties';
import { mergeFields, mergeList, type Merged, unchanged } from './merge';
import { type ExternalId, externalIdFields, propertyFields } from './ownership';

type List<T> = readonly T[] | null | undefined;

/** Properties of the connector's group; the same key in another group is someone else's. */
export function mergeProperties(existing: List<OmniumProperty>, wanted: List<OmniumProperty>, path: string): Merged<OmniumProperty[]> {
  const keyOf = ({ key, keyGroup }: OmniumProperty) => (keyGroup === PROPERTY_GROUP ? (key ?? undefined) : undefined);
  return mergeList(existing, wanted, keyOf, (before, after, at) => mergeFields(before, after, propertyFields, at), path);
}

/** One entry per provider is Omnium's convention; other providers' entries stay. */
export function mergeExternalIds(existing: List<ExternalId>, wanted: List<ExternalId>, path: string): Merged<ExternalId[]> {
  const keyOf = ({ providerName }: ExternalId) => providerName ?? undefined;
  return mergeList(existing, wanted, keyOf, (before, after, at) => mergeFields(before, after, externalIdFields, at), path);
}

/** Adds the connector's entries (tags, ids of orders), removes none. */
export function mergeTexts(existing: List<string>, wanted: List<string>, path: string): Merged<string[]> {
  return mergeList(existing, wanted, (text) => text, unchanged, path);
}
