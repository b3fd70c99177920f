import { seededRandom } from '../random';
import { DEFAULT_SETTINGS, type TwinSettings } from '../settings';
import { EventQueue } from './event-queue';

const queue = (settings: Partial<TwinSettings> = {}) => new EventQueue(() => ({ ...DEFAULT_SETTINGS, ...settings }), seededRandom(7));
const event = (event_date: number, event_id = String(event_date)) => ({ event_id, event_date });
const dates = (events: unknown[]) => events.map((taken) => (taken as ReturnType<typeof event>).event_date);

describe('the event queue', () => {
  it('hands out at most ten events at a time', () => {
    const waiting = queue();
    waiting.add(Array.from({ length: 13 }, (_, index) => event(index)));
    expect([waiting.take().length, waiting.take().length, waiting.take().length]).toEqual([10, 3, 0]);
  });

  it('hands out the oldest first, whatever order they came in', () => {
    const waiting = queue();
    waiting.add([event(5), event(3)]);
    waiting.add([event(4), event(1)]);
    expect(dates(waiting.take())).toEqual([1, 3, 4, 5]);
  });

  it('keeps the order of events of the same second', () => {
    const waiting = queue();
    waiting.add([event(5, 'a'), event(5, 'b'), event(4, 'c'), event(5, 'd')]);
    expect(waiting.take()).toMatchObject([{ event_id: 'c' }, { event_id: 'a' }, { event_id: 'b' }, { event_id: 'd' }]);
  });

  it('keeps the place of an event without a date', () => {
    const waiting = queue();
    waiting.add([event(5), 'not an event', event(6)]);
    expect(waiting.take()).toEqual([event(5), 'not an event', event(6)]);
  });

  it('repeats every event as often as the settings say', () => {
    const waiting = queue({ repeat: 3 });
    waiting.add([event(1), event(2)]);
    expect(dates(waiting.take())).toEqual([1, 1, 1, 2, 2, 2]);
  });

  it('shuffles when the settings say so, and loses nothing', () => {
    const waiting = queue({ shuffle: true });
    waiting.add(Array.from({ length: 10 }, (_, index) => event(index)));
    const taken = dates(waiting.take());
    expect(taken).not.toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(taken.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });
});
