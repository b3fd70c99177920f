import { Found, Layers } from './layers';
import { listed } from './setting-values';

/** Where in an order of Omnium a number of Sitoo's may stand. */
export type LookUpPlace =
  /** `provider` undefined: any. */
  | { readonly kind: 'external-id'; readonly provider?: string }
  /** The order's number or its id. */
  | { readonly kind: 'order-number' }
  | { readonly kind: 'property'; readonly key: string };

export interface CutOverSettings {
  /** ms since the epoch: Omnium's built-in plugin imported nothing that was sold at or after it. */
  readonly lookUpUntil: number;
  /** Tried one after the other. */
  readonly places: readonly LookUpPlace[];
}

const UNTIL = 'CutOverLookUpUntil';
const BY = 'CutOverLookUpBy';
/** Where nothing is set: every place that Omnium documents a search for and that needs no name. */
export const standardPlaces: readonly LookUpPlace[] = [{ kind: 'external-id' }, { kind: 'order-number' }];

/** undefined: something is wrong, and every such thing was reported. */
export function readCutOver(layers: Layers): { cutOver?: CutOverSettings } | undefined {
  const until = layers.property(UNTIL);
  const places = readPlaces(layers);
  if (!until) {
    layers.property(BY)?.report.warning('SETTING_WITHOUT_EFFECT', `"${BY}" has no effect without "${UNTIL}".`);
    return places && {};
  }
  const lookUpUntil = instant(until);
  return lookUpUntil === undefined || places === undefined ? undefined : { cutOver: { lookUpUntil, places } };
}

/** Without an offset nobody knows which hour is meant, so it is asked for. */
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/i;

function instant({ text, report }: Found): number | undefined {
  if (text === undefined) return undefined;
  const time = DATE_TIME.test(text.trim()) ? Date.parse(text.trim()) : Number.NaN;
  if (!Number.isNaN(time)) return time;
  report.error('SETTING_NOT_A_TIME', `"${UNTIL}" must be a date and time with its offset, such as 2026-12-31T00:00:00Z.`);
  return undefined;
}

function readPlaces(layers: Layers): readonly LookUpPlace[] | undefined {
  const found = layers.property(BY);
  if (!found) return standardPlaces;
  if (found.text === undefined) return undefined;
  const places = listed(layers, BY).map(toPlace);
  if (places.length > 0 && places.every((place) => place !== undefined)) return places;
  found.report.error(
    'SETTING_NOT_A_CHOICE',
    `"${BY}" must hold ExternalId, ExternalId:{provider name}, OrderNumber or Property:{key}, several joined with ||.`,
  );
  return undefined;
}

function toPlace(text: string): LookUpPlace | undefined {
  const [, word = '', name] = /^(\w+)(?::(.+))?$/.exec(text) ?? [];
  switch (word.toLowerCase()) {
    case 'externalid':
      return { kind: 'external-id', ...(name === undefined ? {} : { provider: name.trim() }) };
    case 'ordernumber':
      return name === undefined ? { kind: 'order-number' } : undefined;
    case 'property':
      return name === undefined ? undefined : { kind: 'property', key: name.trim() };
    default:
      return undefined;
  }
}
