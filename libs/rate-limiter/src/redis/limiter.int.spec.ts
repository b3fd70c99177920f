import fc from 'fast-check';
import { Redis } from 'ioredis';
import { randomUUID } from 'node:crypto';
import { Ask, Done, Ending, exchange, Held } from '../budget/exchange';
import { Reply } from '../budget/reply';
import { Rules } from '../budget/rules';
import { State } from '../budget/state';
import { someAsk, someRules } from '../testing/asks';
import { limiterScript, script } from './script';
import { decodeReply, encodeAsk } from './wire';

/** The script with the clock handed in, so that its decisions can be compared with the model's. */
const clocked = script(
  limiterScript.text
    .replace("local time = redis.call('TIME')\n", '')
    .replace('local now = tonumber(time[1]) * 1000000 + tonumber(time[2])', 'local now = tonumber(ARGV[4])'),
);

const poolRules = someRules({
  keys: ['tenant'],
  scope: 'account',
  inFlight: 30,
  kinds: [[0, 1], [0, 1, 2], [3], [0, 1, 4]],
  pools: [5, 8, 1, 6, 1].map((limit) => ({ limit, reserve: limit >= 5 ? 1 : 0 })),
});

const rulesToTry: Rules[] = [
  someRules(),
  someRules({ scope: 'auto', widenAfter: 3, probeUs: 2_000_000, settleUs: 300_000 }),
  someRules({ scope: 'account', burst: 1, reserve: 0, inFlight: 6, inFlightReserve: 1 }),
  someRules({ scope: 'auto', widenAfter: 2, burst: 1, reserve: 0, cutOnCrowding: true, ageUs: 500_000, turnBulk: 2, turnUrgent: 4 }),
  poolRules,
  // Omnium's bucket: what it lacks after a 429 shrinks while its rate grows back.
  someRules({ keys: ['tenant'], scope: 'account', intervalUs: 10_000, burst: 12_000, reserve: 2_400, inFlight: 30 }),
];

const endings: Ending[] = ['answered', 'answered', 'answered', 'throttled', 'crowded', 'refused', 'lost', 'unused'];

interface Move {
  proc: number;
  passUs: number;
  wait: number[];
  ageUs: number;
  finish: number[];
  ending: number;
  number: number;
  odd: number;
}

const move = fc.record<Move>({
  proc: fc.integer({ min: 0, max: 2 }),
  passUs: fc.oneof(fc.integer({ min: 0, max: 200_000 }), fc.integer({ min: 0, max: 8_000_000 }), fc.constant(61_000_000)),
  wait: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 24, maxLength: 24 }),
  ageUs: fc.integer({ min: 0, max: 20_000_000 }),
  finish: fc.array(fc.nat({ max: 20 }), { maxLength: 3 }),
  ending: fc.nat({ max: endings.length - 1 }),
  number: fc.integer({ min: -1, max: 4_000_000 }),
  odd: fc.nat({ max: 30 }),
});

/** Three processes that play the moves against any budget, each keeping its own books. */
class Players {
  private readonly books = [0, 1, 2].map((index) => ({ proc: `p${index}`, seq: 0, tick: 0, held: [] as Held[] }));

  constructor(private readonly rules: Rules) {}

  ask(play: Move): Ask {
    const book = this.books[play.proc] ?? { proc: '', seq: 0, tick: 0, held: [] };
    const ended = book.held.filter((_, index) => play.finish.includes(index));
    book.held = book.held.filter((held) => !ended.includes(held));
    const more = { ranUs: play.number, forUs: play.odd % 3 === 0 ? play.number : -1, untilUs: -1, remaining: play.odd % 5 === 0 ? 0 : -1 };
    const done: Done[] = ended.map((held) => ({ ...held, ending: endings[play.ending] ?? 'lost', ...more }));
    if (play.odd !== 1) book.seq += 1; // now and then an exchange arrives twice
    const tick = play.odd === 2 ? book.tick + 50 : book.tick; // … or the budget has forgotten
    const wait = play.wait.slice(0, this.rules.kinds.length * 6);
    return someAsk({
      ...book,
      held: [...book.held],
      tick,
      done,
      empty: play.odd === 3,
      wait,
      age: wait.map((_, w) => Math.floor(play.ageUs / (w + 1))),
    });
  }

  hear(play: Move, reply: Reply): void {
    const book = this.books[play.proc];
    if (!book) return;
    book.tick = Math.max(book.tick, reply.tick);
    const lost = play.odd === 4; // the answer never came
    if (!lost) book.held = [...book.held, ...reply.grants.map(({ id, key, w }) => ({ id, key, w }))];
  }
}

describe('the limiter script', () => {
  let redis: Redis;

  beforeAll(() => {
    redis = new Redis(process.env['REDIS_URL'] ?? '');
  });
  afterAll(() => redis.quit());

  async function runScript(key: string, rules: Rules, ask: Ask, now: number): Promise<Reply> {
    return decodeReply(await redis.eval(clocked.text, 1, key, JSON.stringify(rules), encodeAsk(ask), `${key}:`, now));
  }

  it('has its clock in one place that the comparison replaces', () => {
    expect(clocked.text).not.toContain("redis.call('TIME')");
    expect(clocked.text).toContain('ARGV[4]');
  });

  it.each(rulesToTry.map((rules, index) => [index, rules] as const))('decides what the model decides (rules %i)', async (_, rules) => {
    await fc.assert(
      fc.asyncProperty(fc.array(move, { minLength: 1, maxLength: 60 }), async (moves) => {
        const key = `test:{${randomUUID()}}`;
        const players = new Players(rules);
        let state: State | undefined;
        let now = 1_790_000_000_123_456; // sixteen digits: where a careless number format breaks
        for (const play of moves) {
          now += play.passUs;
          const ask = players.ask(play);
          const model = exchange(state, now, rules, ask);
          state = model.state;
          const real = await runScript(key, rules, ask, now);
          expect(real).toEqual(model.reply);
          players.hear(play, real);
        }
        await redis.del(key);
      }),
      { numRuns: 60 },
    );
  });

  it('wakes the processes that were given something, and stops all at a 429', async () => {
    const key = `test:{${randomUUID()}}`;
    const heard: string[] = [];
    const ear = redis.duplicate();
    await ear.psubscribe(`${key}:*`);
    const complete = new Promise<void>((resolve) => {
      ear.on('pmessage', (_pattern: string, channel: string, text: string) => {
        heard.push(`${channel.slice(key.length + 1)} ${text}`);
        if (heard.length === 3) resolve();
      });
    });
    const rules = someRules({ scope: 'account', burst: 1, reserve: 0 });
    const one = someAsk({ wait: [1, 0, 0, 0, 0, 0] });
    await runScript(key, rules, one, 1e9);
    const [granted] = (await runScript(key, rules, { ...one, seq: 2 }, 1e9 + 200_000)).grants;
    const held = granted ? [{ id: granted.id, key: granted.key, w: 0 }] : [];
    await runScript(key, rules, someAsk({ proc: 'b', wait: [0, 1, 0, 0, 0, 0] }), 1e9 + 200_000);
    const done = held.map((each) => ({ ...each, ending: 'answered' as const, ranUs: 1, forUs: -1, untilUs: -1, remaining: -1 }));
    await runScript(key, rules, someAsk({ seq: 3, done }), 1e9 + 290_000);
    await runScript(key, rules, someAsk({ seq: 4, done: done.map((each) => ({ ...each, ending: 'throttled' as const })) }), 1e9 + 300_000);
    await complete;
    ear.disconnect();
    expect(heard).toEqual(['b wake', 'stop a k1', 'b wake']);
    await redis.del(key);
  });
});
