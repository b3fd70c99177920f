import { random } from '../stats';

/** Most events of one request that Sitoo sends (developer.sitoo.com/spi-events/overview). */
const maxEvents = 10;
/** Shapes that the requests go through in turn. */
const shapes = 1_000;

/** `mixed`: most requests carry one event, some three or ten, 0.25 to 2.5 KB; `single`: one event each. */
export type Mix = 'mixed' | 'single';

/** An account and e-shop that the bench's own configuration knows. */
export const account = { accountNumber: 90_000, siteId: 1 } as const;

/** The event's parts beside its id and number. */
interface Shape {
  kinds: number[];
}

const kinds: readonly ((orderId: number) => object)[] = [
  (orderId) => ({ eshop_id: account.siteId, order_id: orderId, warehouse_id: 1, order_event_type: 'add' }),
  (orderId) => ({ eshop_id: account.siteId, order_id: orderId, order_event_type: 'update', order_state_changed: 'closed' }),
  (orderId) => ({
    eshop_id: account.siteId,
    order_id: orderId,
    order_delivery_id: 10,
    warehouse_id: 2,
    order_delivery_state_changed: 'in-transit',
    order_delivery_event_type: 'update',
  }),
];

/**
 * The webhook bodies of a bench: the same for every contender, repeatable by seed, and every event recognisable on its topic by an id
 * of its own.
 */
export class Payloads {
  private readonly shapes: Shape[];

  /** `tag`: 18 hexadecimal digits that no other run uses. */
  constructor(
    private readonly tag: string,
    seed: number,
    mix: Mix,
  ) {
    if (!/^[0-9a-f]{18}$/.test(tag)) throw new RangeError('a tag is 18 hexadecimal digits');
    const next = random(seed);
    this.shapes = Array.from({ length: shapes }, () => ({
      kinds: Array.from({ length: mix === 'single' ? 1 : howMany(next()) }, () => Math.floor(next() * kinds.length)),
    }));
  }

  /** Body of request `n`. */
  body(n: number): string {
    const events = this.shape(n).kinds.map((kind, position) => {
      const data = kinds[kind]!(n * 16 + position + 1);
      const type = kind === 2 ? 'order-delivery' : 'order';
      return { event_id: this.eventId(n, position), event_type: type, event_date: 1_611_138_542, account_id: account.accountNumber, data };
    });
    return JSON.stringify(events);
  }

  /** How many events request `n` carries. */
  events(n: number): number {
    return this.shape(n).kinds.length;
  }

  /** 32 hexadecimal digits, as Sitoo's own. */
  private eventId(n: number, position: number): string {
    return `${this.tag}${n.toString(16).padStart(12, '0')}${position.toString(16).padStart(2, '0')}`;
  }

  private shape(n: number): Shape {
    return this.shapes[n % shapes]!;
  }
}

/** 85 % one, 10 % three, 5 % ten. */
function howMany(share: number): number {
  if (share < 0.85) return 1;
  return share < 0.95 ? 3 : maxEvents;
}

/** One event of a run, as a number: request and position. */
export function eventNumber(n: number, position: number): number {
  return n * 16 + position;
}

/** The events that are named in a record, whatever its format. */
export function eventsIn(tag: string, text: string): number[] {
  return [...text.matchAll(new RegExp(`${tag}([0-9a-f]{12})([0-9a-f]{2})`, 'g'))].map(([, n, position]) =>
    eventNumber(parseInt(n ?? '', 16), parseInt(position ?? '', 16)),
  );
}
