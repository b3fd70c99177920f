/** What an external id of ours says. */
export interface ExternalIdParts {
  /** Omnium order id, or cart id. */
  readonly orderId: string;
  /** The id is a cart's: carts and orders of the same number must not meet. */
  readonly isCart?: boolean;
  /** Shipment of an order that is split over stores, from 1. */
  readonly part?: number;
  /** 2 and up: made anew after its rows changed (orders-and-customers section 12 rule 6). Carts are never split. */
  readonly revision?: number;
}

/** Sitoo's limit (orders-and-customers section 5.1). */
const MAX_LENGTH = 40;

/**
 * The `externalid` of the Sitoo order made for an Omnium order: the order id itself where its characters allow that, so that staff find it.
 * Letters, digits and `-` stay; `_` becomes `__`; every other byte becomes `_` and two capital hex digits. Nothing of that looks like the
 * endings `_-1` (part), `_r2` (revision), `_c` (cart) and `_c2` (its revision, short enough for a GUID), so two different inputs never meet and
 * the way back is exact.
 *
 * Undefined when the result would be longer than Sitoo's 40 characters, or the id is empty or no text: a shortened id could meet another.
 */
export function sitooExternalIdOf(orderId: string, { isCart, part, revision }: Omit<ExternalIdParts, 'orderId'> = {}): string | undefined {
  if (orderId === '' || /\p{Surrogate}/u.test(orderId)) return undefined;
  const ofOrder = `${part === undefined ? '' : `_-${part}`}${revision === undefined ? '' : `_r${revision}`}`;
  const text = [...orderId].map(escaped).join('') + (isCart ? `_c${revision ?? ''}` : ofOrder);
  return text.length <= MAX_LENGTH ? text : undefined;
}

/** The external id under which Sitoo has the first version of a cart; undefined for an id that cannot be one. */
export function cartIdToLookUp(cartId: string): string | undefined {
  return sitooExternalIdOf(cartId, { isCart: true });
}

/** The Omnium order behind an external id; undefined when it is not one of ours. */
export function omniumOrderIdOf(externalId: string): string | undefined {
  const parts = readExternalId(externalId);
  return parts === undefined || parts.isCart ? undefined : parts.orderId;
}

/** The parts of an external id; undefined when `sitooExternalIdOf` gives no such text. */
export function readExternalId(externalId: string): ExternalIdParts | undefined {
  const match = /^((?:[A-Za-z0-9-]|__|_[0-9A-F]{2})+)(?:(_c)([1-9]\d*)?|(?:_-([1-9]\d*))?(?:_r([1-9]\d*))?)$/.exec(externalId);
  const orderId = unescaped(match?.[1] ?? '');
  if (!match || orderId === undefined) return undefined;
  const [, , cart, cartRevision, part, orderRevision] = match;
  const revision = cartRevision ?? orderRevision;
  const parts = {
    orderId,
    ...(cart === undefined ? {} : { isCart: true }),
    ...(part === undefined ? {} : { part: Number(part) }),
    ...(revision === undefined ? {} : { revision: Number(revision) }),
  };
  // Only one text per order: `_41` for a plain A is somebody else's.
  return sitooExternalIdOf(orderId, parts) === externalId ? parts : undefined;
}

function escaped(character: string): string {
  if (/^[A-Za-z0-9-]$/.test(character)) return character;
  if (character === '_') return '__';
  // encodeURIComponent leaves a few ASCII characters alone.
  if (character <= '\u007f') return `_${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
  return encodeURIComponent(character).replaceAll('%', '_');
}

function unescaped(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replace(/__|_(?=[0-9A-F]{2})/g, (mark) => (mark === '__' ? '%5F' : '%')));
  } catch {
    return undefined;
  }
}
