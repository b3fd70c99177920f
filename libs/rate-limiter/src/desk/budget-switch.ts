import { Ask, Done } from '../budget/exchange';
import { KeyView, Reply } from '../budget/reply';
import { Rules } from '../budget/rules';
import { GateEvent } from '../events';
import { RedisTimeoutError } from '../redis/in-time';
import { SharedBudget } from '../redis/shared-budget';
import { LocalShare } from './local-share';
import { nothingMore } from './passes';

export type Mode = 'starting' | 'shared' | 'local';

export interface SwitchOptions {
  readonly rules: Rules;
  readonly localRules: Rules;
  readonly shared: Pick<SharedBudget, 'ready' | 'exchange' | 'probe' | 'reconnect' | 'close'>;
  /** Steady clock, ms. */
  readonly now: () => number;
  readonly onEvent: (event: GateEvent) => void;
  /** The shared budget is back: exchange now. */
  readonly onBack: () => void;
  /** Longest pause between two looks at a Redis that is away, ms; the first ones come sooner. */
  readonly probeMs?: number;
}

const startLimitMs = 1000;
const looksPerConnection = 3;

/** Which budget counts: the one in Redis, or this process's small share while Redis is away. An exchange always answers. */
export class BudgetSwitch {
  mode: Mode = 'starting';
  /** What the keys looked like at the last exchange, in order of the rules. */
  keys: readonly KeyView[] = [];
  private seq = 0;
  private tick = 0;
  private empty = false;
  private carried: Done[] = [];
  private local: LocalShare | undefined;
  private awaySince = 0;
  private awayMs = 0;
  private looks = 0;
  private timer: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(private readonly options: SwitchOptions) {}

  async exchange(part: Pick<Ask, 'proc' | 'held' | 'done' | 'wait' | 'age'>): Promise<Reply> {
    if (this.mode === 'starting') {
      await this.options.shared.ready(startLimitMs);
      this.mode = 'shared';
    }
    const reply = this.mode === 'shared' ? await this.sharedOrLocal(part) : this.localExchange(part);
    this.keys = reply.keys;
    return reply;
  }

  /** Time spent on the local share so far, ms. */
  degradedMs(): number {
    return this.awayMs + (this.mode === 'local' ? this.options.now() - this.awaySince : 0);
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    this.options.shared.close();
  }

  private async sharedOrLocal(part: Pick<Ask, 'proc' | 'held' | 'done' | 'wait' | 'age'>): Promise<Reply> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.sharedExchange(part);
      } catch (error) {
        if (attempt < 2 && error instanceof RedisTimeoutError && (await this.options.shared.probe())) continue; // one slow answer is not an outage
        this.leaveShared(error);
        return this.localExchange(part);
      }
    }
  }

  private async sharedExchange(part: Pick<Ask, 'proc' | 'held' | 'done' | 'wait' | 'age'>): Promise<Reply> {
    const { empty, carried } = this;
    const done = [...carried, ...part.done];
    const reply = await this.options.shared.exchange({ ...part, done, seq: ++this.seq, tick: this.tick, empty });
    this.tick = Math.max(this.tick, reply.tick);
    this.empty = false;
    this.carried = [];
    return reply;
  }

  private localExchange(part: Pick<Ask, 'proc' | 'held' | 'done' | 'wait' | 'age'>): Reply {
    this.local ??= this.share();
    const reply = this.local.exchange({ ...part, seq: ++this.seq, tick: 0, empty: false });
    return { ...reply, keys: this.options.rules.keys.map((key) => reply.keys[this.options.localRules.keys.indexOf(key)] ?? unknownKey) };
  }

  private share(): LocalShare {
    const known = Object.fromEntries(this.options.rules.keys.map((key, index) => [key, this.keys[index] ?? unknownKey]));
    return new LocalShare(this.options.localRules, known, () => Math.floor(this.options.now() * 1000));
  }

  private leaveShared(error: unknown): void {
    if (this.closed) return;
    this.mode = 'local';
    this.awaySince = this.options.now();
    this.looks = 0;
    this.options.onEvent({ type: 'degraded', reason: error instanceof Error ? error.message.slice(0, 200) : 'unknown' });
    this.lookAgain();
  }

  private lookAgain(): void {
    const pauseMs = Math.min(this.options.probeMs ?? 1000, 200 * 2 ** this.looks) * (0.8 + 0.4 * Math.random()); // pods must not come back in step
    this.timer = setTimeout(() => void this.look(), pauseMs);
  }

  private async look(): Promise<void> {
    const healthy = await this.options.shared.probe();
    if (this.closed) return;
    if (healthy) this.backToShared();
    else {
      this.looks += 1;
      if (this.looks % looksPerConnection === 0) this.options.shared.reconnect();
      this.lookAgain();
    }
  }

  private backToShared(): void {
    const awayMs = this.options.now() - this.awaySince;
    this.awayMs += awayMs;
    this.carried = (this.local?.blocks() ?? []).map(({ key, forUs }) => ({
      id: '',
      key,
      w: 0,
      ending: 'throttled',
      ranUs: -1,
      ...nothingMore,
      forUs,
    }));
    this.local = undefined;
    this.mode = 'shared';
    this.empty = true;
    this.options.onEvent({ type: 'shared', degradedMs: awayMs });
    this.options.onBack();
  }
}

const unknownKey: KeyView = { factorPpm: 1_000_000, blockedUs: 0, benchedUs: 0, inFlight: 0 };
