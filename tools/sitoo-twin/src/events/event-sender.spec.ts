import type { Clock } from '../clock';
import { DEFAULT_SETTINGS, type TwinSettings } from '../settings';
import { eventually } from '../testing/eventually';
import { noCounts } from './event-counts';
import { EventSender } from './event-sender';
import type { Delivery } from './post-batch';
import type { Answer } from './status-rules';

const event = (order: number) => ({ event_id: String(order), event_type: 'order', event_date: 1_770_000_000 + order });
const events = (count: number) => Array.from({ length: count }, (_, index) => event(index));
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);
const ids = (delivery: Delivery | undefined) => (delivery?.events ?? []).map((sent) => Number((sent as ReturnType<typeof event>).event_id));

/** A sender whose receiver answers from a script (200 when it is used up) and whose clock never waits. */
function senderWith(script: (Answer | Promise<Answer>)[] = [], settings: Partial<TwinSettings> = {}, random = () => 0.5) {
  let now = 0;
  const sleeps: number[] = [];
  const deliveries: Delivery[] = [];
  const flights = { now: 0, most: 0 };
  const lines: string[] = [];
  const counts = noCounts();
  const clock: Clock = {
    now: () => now,
    sleep: async (ms) => {
      sleeps.push(ms);
      now += ms;
    },
  };
  const poster = {
    post: async (delivery: Delivery): Promise<Answer> => {
      deliveries.push(delivery);
      flights.most = Math.max(flights.most, ++flights.now);
      const answer = await (script.shift() ?? 200);
      flights.now -= 1;
      return answer;
    },
    close: () => undefined,
  };
  const subscription = { base_url: 'https://host/hook/', api_token: 'token', event_types: ['order'] };
  const context = {
    settings: () => ({ ...DEFAULT_SETTINGS, ...settings }),
    clock,
    random,
    poster,
    counts,
    log: (line: string) => lines.push(line),
  };
  return {
    sender: new EventSender(subscription, context),
    deliveries,
    counts,
    sleeps,
    flights,
    lines,
    idle: () => eventually(() => counts.pending === 0),
  };
}

describe('the event sender', () => {
  it('appends /events to a base_url that ends in a slash, and sends the token', async () => {
    const { sender, deliveries, idle } = senderWith();
    sender.enqueue(events(1));
    await idle();
    expect(deliveries[0]).toMatchObject({
      url: 'https://host/hook//events',
      headers: { authorization: 'Basic token' },
      deadlineMs: 15_000,
    });
  });

  it('sends in batches of up to ten, oldest first, one request at a time', async () => {
    const { sender, deliveries, flights, counts, idle } = senderWith();
    sender.enqueue(events(25).toReversed());
    await idle();
    expect(deliveries.map(ids)).toEqual([range(0, 10), range(10, 20), range(20, 25)]);
    expect(flights.most).toBe(1);
    expect(counts).toMatchObject({ enqueued: 25, sent: 25, acknowledged: 25, requests: 3 });
  });

  it('lets newer events wait until the batch under way is accepted', async () => {
    const { sender, deliveries, counts, idle } = senderWith([503, 'timeout', 'connection', 429]);
    sender.enqueue([event(1)]);
    sender.enqueue([event(2)]);
    await idle();
    expect(deliveries.map(ids)).toEqual([[1], [1], [1], [1], [1], [2]]);
    expect(counts).toMatchObject({ acknowledged: 2, retried: 4, sent: 6, dropped: 0 });
  });

  it('drops at once on a final status code, says so, and goes on', async () => {
    const { sender, deliveries, counts, lines, idle } = senderWith([401]);
    sender.enqueue([event(1)]);
    sender.enqueue([event(2)]);
    await idle();
    expect(deliveries.map(ids)).toEqual([[1], [2]]);
    expect(counts).toMatchObject({ dropped: 1, acknowledged: 1 });
    expect(lines).toEqual(['sitoo-twin: dropped 1 events for https://host/hook/: the receiver answered 401']);
  });

  it('treats 500 as its mode says', async () => {
    const current = senderWith([500]);
    const legacy = senderWith([500], { statusMode: 'legacy' });
    for (const { sender } of [current, legacy]) sender.enqueue([event(1)]);
    await Promise.all([current.idle(), legacy.idle()]);
    expect([current.counts.dropped, legacy.counts.dropped]).toEqual([1, 0]);
  });

  it('follows the schedule and drops after a day, with every delay scaled', async () => {
    const { sender, sleeps, counts, lines, idle } = senderWith(
      Array.from({ length: 40 }, () => 503),
      { timeScale: 0.001 },
    );
    sender.enqueue([event(1)]);
    await idle();
    expect(sleeps.slice(0, 10)).toEqual([10, 20, 30, 60, 120, 240, 420, 600, 900, 3600]);
    expect(counts).toMatchObject({ dropped: 1, acknowledged: 0, requests: sleeps.length + 1 });
    expect(lines[0]).toContain('33 attempts failed within the retry window, last: 503');
  });

  it('scales the deadline', async () => {
    const { sender, deliveries, idle } = senderWith([], { timeScale: 0.1 });
    sender.enqueue([event(1)]);
    await idle();
    expect(deliveries[0]?.deadlineMs).toBe(1500);
  });

  it('sends an accepted batch once more when the dice say so', async () => {
    const { sender, deliveries, counts, idle } = senderWith([], { duplicateProbability: 0.5 }, () => 0.49);
    sender.enqueue([event(1)]);
    await idle();
    await eventually(() => deliveries.length === 2);
    expect(deliveries.map(ids)).toEqual([[1], [1]]);
    expect(counts).toMatchObject({ acknowledged: 1, duplicated: 1 });
  });

  it.each(range(0, 25))('never leaves an event behind that comes %i turns after the one before', async (turns) => {
    const { sender, counts, idle } = senderWith();
    sender.enqueue([event(1)]);
    for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
    sender.enqueue([event(2)]);
    await idle();
    expect(counts.acknowledged).toBe(2);
  });

  it('counts what still waits as dropped when it is stopped', async () => {
    let answer: (status: Answer) => void = () => undefined;
    const { sender, counts } = senderWith([new Promise<Answer>((resolve) => (answer = resolve))]);
    sender.enqueue(events(15));
    const stopped = sender.stop();
    answer('connection');
    await stopped;
    expect(counts).toMatchObject({ pending: 0, dropped: 15 });
  });

  it('wants only the event types of its subscription', () => {
    const { sender } = senderWith();
    expect(['order', 'booking', undefined].map((type) => sender.wants(type))).toEqual([true, false, true]);
  });
});
