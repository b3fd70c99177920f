import { eventNumber, eventsIn, Payloads } from './payloads';

const tag = '0123456789abcdef01';

describe('payloads', () => {
  it('repeat for the same seed and differ for another', () => {
    const bodies = (seed: number): string[] => Array.from({ length: 20 }, (_, n) => new Payloads(tag, seed, 'mixed').body(n));
    expect(bodies(1)).toEqual(bodies(1));
    expect(bodies(1)).not.toEqual(bodies(2));
  });

  it('carry one event each, or a mix of one, three and ten', () => {
    const counts = (mix: 'single' | 'mixed'): Set<number> => {
      const payloads = new Payloads(tag, 1, mix);
      return new Set(Array.from({ length: 1_000 }, (_, n) => payloads.events(n)));
    };
    expect(counts('single')).toEqual(new Set([1]));
    expect(counts('mixed')).toEqual(new Set([1, 3, 10]));
  });

  it('are found again in whatever was made of them', () => {
    const payloads = new Payloads(tag, 1, 'mixed');
    const n = Array.from({ length: 1_000 }, (_, each) => each).find((each) => payloads.events(each) === 3) ?? 0;
    const text = `{"facts":${payloads.body(n)}}`;
    expect(eventsIn(tag, text)).toEqual([0, 1, 2].map((position) => eventNumber(n, position)));
    expect(eventsIn('ffffffffffffffffff', text)).toEqual([]);
  });

  it('give every event a number and an order of its own', () => {
    const payloads = new Payloads(tag, 1, 'mixed');
    const bodies = Array.from({ length: 200 }, (_, n) => payloads.body(n)).join('');
    const found = eventsIn(tag, bodies);
    const orders = [...bodies.matchAll(/"order_id":(\d+)/g)].map(([, id]) => id);
    expect(new Set(found).size).toBe(found.length);
    expect(new Set(orders).size).toBe(found.length);
  });
});
