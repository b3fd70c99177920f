import { formatKey, omniumCartChanged, omniumOrderChanged, type Fact, type NoticeContract } from '@connector/contracts';
import { isRecord } from '@connector/platform';
import { createHash } from 'node:crypto';
import { unrecognised, type ReadEvent } from './event-source';

/** The market whose address the event came to, and the others of its tenant. */
export interface OmniumAddressee {
  tenant: string;
  /** Undefined where the events of several markets come together: then each has to name its own. */
  market: string | undefined;
  /** Our name for a market of this tenant, given Omnium's in any case; undefined for one we do not serve. */
  marketOf: (market: string) => string | undefined;
}

/** Classes of events that are taken, in lower case (openapi, OmniumEvent). */
const classes: ReadonlyMap<string, { fact: string; contract: NoticeContract }> = new Map([
  ['order', { fact: 'omnium-order', contract: omniumOrderChanged }],
  ['cart', { fact: 'omnium-cart', contract: omniumCartChanged }],
]);

/** Fields of an event or of a document, as far as they are looked at. */
type Data = Record<string, unknown>;

/**
 * Reads one thing Omnium posted: an event of a subscription, which is metadata and never the document (api-guide section 12), or the document
 * itself from a webhook step of a workflow or an order exporter (configuration section 4). Only its key and what happened are taken over;
 * users, messages and the document stay behind.
 */
export function readOmniumEvent(element: unknown, addressee: OmniumAddressee, receivedAt: number): ReadEvent {
  if (!isRecord(element)) return unrecognised('EVENT_NOT_AN_OBJECT', 'the body is not an object');
  const document = isRecord(element['value']) ? element['value'] : isRecord(element['order']) ? element['order'] : undefined;
  return document ? readStep(element, document, addressee, receivedAt) : readEvent(element, addressee);
}

function readEvent(event: Data, addressee: OmniumAddressee): ReadEvent {
  const className = text(event['className'], 64);
  if (className === undefined) return unrecognised('EVENT_CLASS_MISSING', 'className is missing or not a text');
  const known = classes.get(className.toLowerCase());
  if (!known)
    return unrecognised(
      'EVENT_CLASS_UNKNOWN',
      'className is not one the connector knows: narrow the filter of the subscription',
      className,
    );
  const at = time(event['timestamp']);
  if (at === undefined) return unrecognised('EVENT_DATE_MALFORMED', 'timestamp is missing or no time', className);
  const fact: Fact = { id: eventId(event), kind: known.fact, at, ...happened(event['category'], event['status']) };
  return notice(known.contract, event['objectId'], event['market'], fact, addressee);
}

/** A workflow waits for this call, and its answer could change the order: ours is empty. */
function readStep(body: Data, document: Data, addressee: OmniumAddressee, receivedAt: number): ReadEvent {
  const { id, marketId, modified, status } = document;
  const step = isRecord(body['workflowStep']) ? body['workflowStep']['name'] : body['workflowStep'];
  // The same order at the same step is the same fact, however often it is sent.
  const identity = hash([id, modified ?? receivedAt, status, step]);
  const fact: Fact = { id: identity, kind: 'omnium-workflow-step', at: time(modified) ?? receivedAt };
  return notice(omniumOrderChanged, id, marketId, { ...fact, ...happened(step, status) }, addressee);
}

function notice(
  contract: NoticeContract,
  objectId: unknown,
  marketName: unknown,
  fact: Fact,
  { tenant, market: own, marketOf }: OmniumAddressee,
): ReadEvent {
  const id = text(objectId, 200);
  if (id === undefined) return unrecognised('EVENT_ID_MISSING', 'no order and no cart is named', fact.kind);
  const named = text(marketName, 64);
  const market = named === undefined ? own : marketOf(named);
  if (market === undefined)
    return unrecognised(
      'EVENT_MARKET_UNKNOWN',
      'the order or cart is of a market that is not configured: narrow the filter of the subscription',
      fact.kind,
    );
  return { kind: 'notice', contract, key: formatKey({ tenant, market, id }), fact };
}

function happened(event: unknown, state: unknown): Pick<Fact, 'event' | 'state'> {
  const [what, status] = [text(event, 64), text(state, 64)];
  return { ...(what === undefined ? {} : { event: what }), ...(status === undefined ? {} : { state: status }) };
}

/** Omnium's own id, which some events lack; then what makes two events different (api-guide section 12). */
function eventId(event: Data): string {
  const { className, objectId, timestamp, operationId } = event;
  return text(event['id'], 128) ?? hash([className, objectId, timestamp, operationId]);
}

function hash(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}

/** ms since the epoch. A time without an offset is UTC (api-guide section 3), and the year 1 is Omnium's way of saying none. */
function time(value: unknown): number | undefined {
  if (typeof value !== 'string' || value.startsWith('0001-')) return undefined;
  const ms = Date.parse(/(Z|[+-]\d\d:?\d\d)$/i.test(value) ? value : `${value}Z`);
  return Number.isNaN(ms) || ms < 0 ? undefined : ms;
}

/** A text of one line that says something. */
function text(value: unknown, longest: number): string | undefined {
  const isUsable = typeof value === 'string' && value.trim() !== '' && value.length <= longest && !/\p{Cc}/u.test(value);
  return isUsable ? value : undefined;
}
