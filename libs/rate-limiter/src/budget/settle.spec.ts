import { someAsk, someDone, someRules, waits } from '../testing/asks';
import { Done, exchange } from './exchange';
import { Grant, Reply } from './reply';
import { Rules } from './rules';
import { State } from './state';

const second = 1_000_000;

/** One process that talks to a budget step by step. */
class Talk {
  now = 1_000 * second;
  private state: State | undefined;
  private seq = 0;
  private tick = 0;

  constructor(private readonly rules: Rules) {
    this.say(0, {});
  }

  say(
    afterUs: number,
    part: { wait?: number[]; done?: Done[]; held?: Grant[]; empty?: boolean; proc?: string; tick?: number },
  ): Reply & { stop: readonly string[] } {
    this.now += afterUs;
    const ask = someAsk({ ...part, seq: ++this.seq, tick: part.tick ?? this.tick });
    const { state, reply, stop } = exchange(this.state, this.now, this.rules, ask);
    this.state = state;
    this.tick = reply.tick;
    return { ...reply, stop };
  }

  /** Waits until one call is granted, and returns it. */
  call(): Grant {
    const { grants } = this.say(10 * second, { wait: waits({ sale: 1 }) });
    expect(grants).toHaveLength(1);
    return grants[0] ?? { id: '', key: '', w: 1, inUs: 0 };
  }
}

const oneKey = someRules({ keys: ['k1'], burst: 1, reserve: 0 });

describe('a 429 for quota', () => {
  it.each([
    ['the span that is named', { forUs: 7 * second }, 7 * second],
    ['the moment on the server clock that is named', { untilUs: 1_013 * second }, 3 * second],
    ['five seconds when nothing is named', {}, 5 * second],
    ['five seconds when the moment is past', { untilUs: 5 * second }, 5 * second],
    ['two minutes at most, whatever is named', { forUs: 3600 * second }, 120 * second],
  ])('blocks the key for %s', (_, more, blockedUs) => {
    const talk = new Talk(oneKey);
    const { id, key } = talk.call();
    const reply = talk.say(0, { done: [someDone(id, key, 'throttled', more)], wait: waits({ till: 1 }) });
    expect(reply.keys[0]?.blockedUs).toBe(blockedUs);
    expect(reply.stop).toEqual(['k1']);
    expect(talk.say(blockedUs - 200_000, { wait: waits({ till: 1 }) }).grants).toEqual([]);
    expect(talk.say(200_000, { wait: waits({ till: 1 }) }).grants).toHaveLength(1);
  });

  it('doubles the unnamed pause while it repeats', () => {
    const talk = new Talk(oneKey);
    const blocks = [5, 10, 20].map((seconds) => {
      const { id, key } = talk.call();
      const { keys } = talk.say(0, { done: [someDone(id, key, 'throttled')] });
      talk.say(seconds * second, {});
      return keys[0]?.blockedUs;
    });
    expect(blocks).toEqual([5 * second, 10 * second, 20 * second]);
  });

  it('lowers the rate to 70 %, which grows back by 2 % of the full rate per second after the block', () => {
    const talk = new Talk(oneKey);
    const { id, key } = talk.call();
    expect(talk.say(0, { done: [someDone(id, key, 'throttled', { forUs: second })] }).keys[0]?.factorPpm).toBe(700_000);
    expect(talk.say(second, {}).keys[0]?.factorPpm).toBe(700_000);
    expect(talk.say(5 * second, {}).keys[0]?.factorPpm).toBeCloseTo(800_000, -1);
    expect(talk.say(100 * second, {}).keys[0]?.factorPpm).toBe(1_000_000);
  });

  it('never lowers the rate below 10 %', () => {
    const talk = new Talk(oneKey);
    let reply: Reply | undefined;
    for (let i = 0; i < 12; i++) reply = talk.say(1.1 * second, { done: [someDone('x', 'k1', 'throttled', { forUs: 60 * second })] });
    expect(reply?.keys[0]?.factorPpm).toBe(100_000);
  });

  it('counts several 429s of calls that were in flight together as one lesson', () => {
    const talk = new Talk(oneKey);
    const done = [1, 2, 3].map((n) => someDone(`x${n}`, 'k1', 'throttled', { forUs: second }));
    expect(talk.say(0, { done }).keys[0]?.factorPpm).toBe(700_000);
  });

  it('stops one key only; the others go on', () => {
    const talk = new Talk(someRules());
    const { id, key } = talk.call();
    const { grants } = talk.say(0, { done: [someDone(id, key, 'throttled')], wait: waits({ sale: 3 }) });
    expect(grants.map((grant) => grant.key)).toEqual(['k2', 'k3']);
  });

  it('leaves an empty bucket behind: one call at the end of the block, then at rate', () => {
    const talk = new Talk(someRules({ keys: ['k1'], inFlight: 9, grow: 0, cut: 1 }));
    const { id, key } = talk.call();
    talk.say(0, { done: [someDone(id, key, 'throttled', { forUs: second })] });
    const { grants } = talk.say(second, { wait: waits({ sale: 5 }) });
    expect(grants.map(({ inUs }) => inUs)).toEqual([0, 100_000]);
  });

  it('leaves a large bucket usable while the rate grows back: it lacks calls, not time', () => {
    const talk = new Talk(someRules({ keys: ['k1'], intervalUs: 10_000, burst: 12_000, reserve: 0, inFlight: 9 }));
    for (let again = 0; again < 4; again++) {
      const { id, key } = talk.call();
      talk.say(0, { done: [someDone(id, key, 'throttled', { forUs: second })] });
    }
    expect(talk.say(second, { wait: waits({ sale: 1 }) }).grants).toHaveLength(1);
    expect(talk.say(30 * second, { wait: waits({ sale: 1 }) }).grants).toHaveLength(1);
  });
});

describe('"Too many connections"', () => {
  it('pauses 400 ms times the attempt and leaves the rate alone', () => {
    const talk = new Talk(oneKey);
    const blocks = [0, 1, 2].map(() => {
      const { id, key } = talk.call();
      return talk.say(0, { done: [someDone(id, key, 'crowded')] }).keys[0];
    });
    expect(blocks.map((key) => key?.blockedUs)).toEqual([400_000, 800_000, 1_200_000]);
    expect(blocks.map((key) => key?.factorPpm)).toEqual([1_000_000, 1_000_000, 1_000_000]);
  });
});

describe('a refused key', () => {
  it('is left out while the others go on, and comes back after its time', () => {
    const talk = new Talk(someRules());
    const { id, key } = talk.call();
    const reply = talk.say(0, { done: [someDone(id, key, 'refused')], wait: waits({ sale: 3 }) });
    expect(reply.keys.map(({ benchedUs }) => benchedUs)).toEqual([600 * second, 0, 0]);
    expect(new Set(reply.grants.map((grant) => grant.key))).toEqual(new Set(['k2', 'k3']));
    expect(talk.say(601 * second, { held: [], wait: waits({}) }).keys[0]?.benchedUs).toBe(0);
  });

  it('is tried again after half a minute when it is the last one', () => {
    const talk = new Talk(oneKey);
    const { id, key } = talk.call();
    expect(talk.say(0, { done: [someDone(id, key, 'refused')] }).keys[0]?.benchedUs).toBe(30 * second);
    expect(talk.say(29 * second, { wait: waits({ till: 1 }) }).grants).toEqual([]);
    expect(talk.say(second, { wait: waits({ till: 1 }) }).grants).toHaveLength(1);
  });
});

describe('a permission', () => {
  it('that was not used gives its slot back', () => {
    const talk = new Talk(oneKey);
    const { id, key } = talk.call();
    expect(talk.say(0, { done: [someDone(id, key, 'unused')], wait: waits({ sale: 1 }) }).grants[0]?.inUs).toBe(0);
  });

  it('that was used late moves the next slot of a bucket without slack', () => {
    const talk = new Talk(oneKey);
    const { id, key } = talk.call();
    const { grants } = talk.say(90_000, { done: [someDone(id, key, 'answered', { ranUs: 30_000 })], wait: waits({ sale: 1 }) });
    expect(grants[0]?.inUs).toBe(90_000); // it left 60 ms late, and may have been on its way for 20
  });

  it('that was long on its way moves it too, by 20 ms at the most', () => {
    const talk = new Talk(oneKey);
    for (const [ranUs, nextUs] of [
      [5000, 100_000], // nothing is known yet of how long a call takes at least
      [15_000, 99_000], // one millisecond is
      [90_000, 30_000], // how long calls take differs, so only 20 ms of it are believed
    ] as const) {
      const { id, key } = talk.call();
      talk.say(ranUs, { done: [someDone(id, key, 'answered', { ranUs })] });
      const [next] = talk.say(0, { wait: waits({ sale: 1 }) }).grants;
      expect(next?.inUs).toBe(nextUs);
      talk.say(0, { done: [someDone(next?.id ?? '', key, 'unused')] });
    }
  });

  it('is told again until its process holds it', () => {
    const talk = new Talk(oneKey);
    const grant = talk.call();
    expect(talk.say(1000, { wait: waits({ sale: 1 }) }).grants).toEqual([grant]);
    expect(talk.say(1000, { held: [grant] }).grants).toEqual([]);
  });

  it('ends after five seconds without renewal, and its lane serves others', () => {
    const talk = new Talk(someRules({ keys: ['k1'], inFlight: 1 }));
    talk.call();
    expect(talk.say(4 * second, { proc: 'b', wait: waits({ sale: 1 }) }).grants).toEqual([]);
    expect(talk.say(1.1 * second, { proc: 'b', wait: waits({ sale: 1 }) }).grants).toHaveLength(1);
  });

  it('is kept as long as its process renews it', () => {
    const talk = new Talk(someRules({ keys: ['k1'], inFlight: 1 }));
    const grant = talk.call();
    for (let i = 0; i < 10; i++) talk.say(1.5 * second, { held: [grant] });
    expect(talk.say(0, { proc: 'b', wait: waits({ sale: 1 }) }).grants).toEqual([]);
  });
});

describe('a budget that lost its memory', () => {
  const rules = someRules({ keys: ['k1'], settleUs: 2 * second, inFlight: 9 });

  it('grants nothing until the calls in flight have been reported, then starts from an empty bucket', () => {
    const talk = new Talk(rules);
    expect(talk.say(0, { wait: waits({ sale: 9 }) })).toMatchObject({ grants: [], againUs: second });
    expect(talk.say(1.9 * second, { wait: waits({ sale: 9 }) }).grants).toEqual([]);
    expect(talk.say(0.1 * second, { wait: waits({ sale: 9 }) }).grants.map(({ inUs }) => inUs)).toEqual([100_000]);
  });

  it('is recognised when it is older than what a process has seen', () => {
    const talk = new Talk(rules);
    expect(talk.say(60 * second, { tick: 500, wait: waits({ sale: 9 }) })).toMatchObject({ grants: [], tick: 501 });
  });

  it('counts the calls that processes report as still running', () => {
    const talk = new Talk(someRules({ keys: ['k1'], settleUs: 2 * second, inFlight: 1 }));
    const running = { id: 'old', key: 'k1', w: 4, inUs: 0 };
    talk.say(0, { held: [running] });
    expect(talk.say(2 * second, { proc: 'b', wait: waits({ till: 1 }) }).grants).toEqual([]);
  });

  it('starts from an empty bucket for a process that called on its own meanwhile', () => {
    const talk = new Talk(someRules({ keys: ['k1'], inFlight: 9 }));
    expect(talk.say(60 * second, { empty: true, wait: waits({ sale: 9 }) }).grants.map(({ inUs }) => inUs)).toEqual([100_000]);
  });
});

describe('clocks', () => {
  it('may jump back without stopping the calls', () => {
    const talk = new Talk(someRules({ keys: ['k1'] }));
    const { id, key } = talk.call();
    talk.say(0, { done: [someDone(id, key, 'throttled', { forUs: second })] });
    talk.now -= 600 * second;
    talk.say(0, { wait: waits({ sale: 1 }) });
    expect(talk.say(121 * second, { wait: waits({ sale: 1 }) }).grants).toHaveLength(1);
  });
});
