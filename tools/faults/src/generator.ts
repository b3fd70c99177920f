import { Random } from './random';

export interface GeneratorSettings {
  seed: number;
  /** Ids of the orders that events are about: `orders` of them from `firstOrder` on. */
  firstOrder: number;
  orders: number;
  events: number;
  perSecond: number;
  /** Share of the events that concern the first `hotOrders` orders. */
  hotShare: number;
  hotOrders: number;
  /** Share of the events that are sent three times. */
  repeated: number;
  /** Share of the events that are sent later than they happened, behind up to 20 others. */
  reordered: number;
  /** Share of the requests that are no events at all. */
  garbage: number;
  /** Most events in one request; Sitoo sends up to ten. */
  perRequest: number;
}

export const generatorDefaults: GeneratorSettings = {
  seed: 1,
  firstOrder: 1,
  orders: 200,
  events: 1_000,
  perSecond: 150,
  hotShare: 0.2,
  hotOrders: 5,
  repeated: 0.05,
  reordered: 0.1,
  garbage: 0.01,
  perRequest: 3,
};

/** An event about an order. A repeated event carries the same id again. */
export interface PlannedEvent {
  id: string;
  order: number;
}

/** A request to be sent `atMs` after the start. */
export interface PlannedRequest {
  atMs: number;
  events: PlannedEvent[];
  /** Sent instead of events: text that is not JSON, or JSON that is no event. */
  garbage?: string;
}

/** Everything that is going to be sent, decided by the seed: hot orders, bursts, repeats, changed order, garbage. */
export function generate(given: Partial<GeneratorSettings>): PlannedRequest[] {
  const settings = { ...generatorDefaults, ...given };
  const random = new Random(settings.seed);
  const events = Array.from({ length: settings.events }, (_, index) => ({
    id: `e${settings.seed}-${settings.firstOrder}-${index}`,
    order: orderOf(settings, random),
  }));
  return spread(inOddOrder(events, settings, random), settings, random);
}

function orderOf({ firstOrder, orders, hotOrders, hotShare }: GeneratorSettings, random: Random): number {
  const hot = hotOrders > 0 && random.chance(hotShare);
  return firstOrder + (hot ? random.between(0, Math.min(hotOrders, orders) - 1) : random.between(0, orders - 1));
}

/** Repeats and late ones are put behind up to 20 others. */
function inOddOrder(events: readonly PlannedEvent[], { repeated, reordered }: GeneratorSettings, random: Random): PlannedEvent[] {
  const placed = events.map((event, index) => ({ event, place: index + (random.chance(reordered) ? random.between(1, 20) : 0) }));
  const again = placed.flatMap(({ event, place }) =>
    random.chance(repeated) ? [1, 2].map(() => ({ event, place: place + random.between(1, 20) })) : [],
  );
  return [...placed, ...again].sort((a, b) => a.place - b.place).map(({ event }) => event);
}

/** Requests of one to `perRequest` events; a tenth of them come in bursts without a pause between them. */
function spread(events: readonly PlannedEvent[], settings: GeneratorSettings, random: Random): PlannedRequest[] {
  const requests: PlannedRequest[] = [];
  let atMs = 0;
  let burst = 0;
  for (let index = 0; index < events.length;) {
    const together = events.slice(index, index + random.between(1, settings.perRequest));
    index += together.length;
    requests.push({ atMs: Math.round(atMs), events: together });
    if (random.chance(settings.garbage)) requests.push({ atMs: Math.round(atMs), events: [], garbage: garbage(random) });
    burst = burst > 0 ? burst - 1 : random.chance(0.01) ? 10 : 0;
    if (burst === 0) atMs += (together.length * 1000) / settings.perSecond;
  }
  return requests;
}

function garbage(random: Random): string {
  const mark = random.between(0, 1_000_000_000);
  return random.pick([`not json ${mark}`, `{"half": ${mark}`, `"text ${mark}"`, `\u0000\u0001${mark}`, '<html>'.repeat(1_000) + mark]);
}
