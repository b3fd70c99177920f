import { CallClass, callClasses, CallPass, CallResult } from '@connector/platform';
import { Ask } from '../budget/exchange';
import { Grant, KeyView, Reply } from '../budget/reply';
import { classCount, classOf, kindOf, Rules, waiterIndex } from '../budget/rules';
import { GateEvent } from '../events';
import { judge } from './judge';
import { Passes } from './passes';
import { Tally } from './tally';
import { Granted, Waiter, WaitingRoom } from './waiting';

/** What a desk needs of a budget: an exchange that always answers, and what the keys look like. */
export interface Budget {
  readonly keys: readonly KeyView[];
  exchange(part: Pick<Ask, 'proc' | 'held' | 'done' | 'wait' | 'age'>): Promise<Reply>;
  close(): void;
}

export interface DeskOptions {
  readonly rules: Rules;
  readonly kindNames: readonly string[];
  readonly proc: string;
  readonly budget: Budget;
  readonly onEvent: (event: GateEvent) => void;
  /** Steady clock, ms. */
  readonly now: () => number;
}

/** The gate was closed while this caller waited. */
export class GateClosedError extends Error {
  readonly code = 'GATE_CLOSED';
  constructor() {
    super('the gate is closed');
  }
}

/**
 * This process's side of the budget. Callers queue here; one exchange at a time carries everything that happened since the last one
 * (finished calls, new waiters, renewals), so the number of Redis commands stays near one per call however many callers there are.
 */
export class Desk {
  readonly tally: Tally;
  last: Reply | undefined;
  private readonly waiting: WaitingRoom;
  private readonly passes: Passes;
  /** Waiters per index the budget knows of and has not served. */
  private asked: number[];
  private busy = false;
  private dirty = false;
  private scheduled: NodeJS.Immediate | undefined;
  private timer: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(private readonly options: DeskOptions) {
    const indexes = options.rules.kinds.length * classCount;
    this.waiting = new WaitingRoom(indexes);
    this.passes = new Passes(options.now);
    this.asked = Array.from({ length: indexes }, () => 0);
    this.tally = new Tally(options.onEvent);
  }

  enter(kind: number, call: { class: CallClass; signal?: AbortSignal }): Promise<CallPass> {
    const { signal } = call;
    if (this.closed) return Promise.reject(new GateClosedError());
    if (signal?.aborted) return Promise.reject(signal.reason);
    return new Promise((resolve, reject) => {
      const leaveLine = (): void => this.giveUp(waiter, signal?.reason);
      const settled = (): void => signal?.removeEventListener('abort', leaveLine);
      const waiter: Waiter = {
        w: waiterIndex(kind, call.class),
        since: this.options.now(),
        go: (granted) => {
          settled();
          resolve(this.pass(granted, waiter.w));
        },
        fail: (reason) => {
          settled();
          reject(reason);
        },
      };
      signal?.addEventListener('abort', leaveLine, { once: true });
      this.waiting.add(waiter);
      if (this.asked[waiter.w] === 0) this.kick(); // else the budget knows that this class waits here
    });
  }

  /** Exchange with the budget soon: once per turn of the event loop, and never two at a time. */
  kick(): void {
    if (this.closed) return;
    if (this.busy) this.dirty = true;
    else this.scheduled ??= setImmediate(() => void this.run());
  }

  /** Callers whose slot on this key has not come wait again. */
  stop(key?: string): void {
    for (const waiter of this.passes.recall(key).reverse()) this.waiting.putBack(waiter);
    this.kick();
  }

  /** Waiters fail with `GATE_CLOSED`, what is held is given back, nothing stays open. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    clearTimeout(this.timer);
    clearImmediate(this.scheduled);
    const waiters = [...this.waiting.empty(), ...this.passes.recall()];
    for (const waiter of waiters) waiter.fail(new GateClosedError());
    await this.exchange().catch(() => undefined);
    clearTimeout(this.timer);
    this.options.budget.close();
  }

  private giveUp(waiter: Waiter, reason: unknown): void {
    const wasWaiting = this.waiting.remove(waiter);
    if (!wasWaiting && !this.passes.drop(waiter)) return;
    waiter.fail(reason);
    if (!wasWaiting || this.waiting.size(waiter.w) === 0) this.kick();
  }

  private async run(): Promise<void> {
    this.scheduled = undefined;
    this.busy = true;
    this.dirty = false;
    await this.exchange();
    this.busy = false;
    if (this.dirty || this.newcomers()) this.kick();
  }

  /** Classes that wait here and have no one in line: everything asked for was given, so there may be more. */
  private newcomers(): boolean {
    return this.asked.some((count, w) => count === 0 && this.waiting.size(w) > 0);
  }

  private async exchange(): Promise<void> {
    const done = this.passes.untold();
    const wait = this.waiting.counts();
    const age = this.waiting.ages(this.options.now()).map((ms) => Math.floor(ms * 1000));
    const reply = await this.options.budget.exchange({ proc: this.options.proc, held: this.passes.holding(), done, wait, age });
    this.passes.told(done.length);
    this.tally.exchanged(this.last, reply);
    this.last = reply;
    this.asked = [...wait];
    for (const grant of reply.grants) this.accept(grant);
    this.schedule(reply);
  }

  private accept(grant: Grant): void {
    if (this.passes.has(grant.id)) return;
    this.asked[grant.w] = Math.max(0, (this.asked[grant.w] ?? 0) - 1);
    const waiter = this.options.rules.keys.includes(grant.key) && !this.closed ? this.waiting.take(grant.w) : undefined;
    if (waiter) this.passes.begin(grant, waiter);
    else {
      this.passes.refuse(grant);
      this.kick();
    }
  }

  private schedule(reply: Reply): void {
    clearTimeout(this.timer);
    if (this.closed) return;
    const renewMs = this.passes.size > 0 ? this.options.rules.leaseUs / 3300 : Infinity; // three chances before a lease ends
    const againMs = reply.againUs < 0 ? Infinity : Math.ceil(reply.againUs / 1000);
    const nextMs = Math.min(renewMs, againMs);
    if (Number.isFinite(nextMs)) this.timer = setTimeout(() => this.kick(), nextMs);
  }

  private pass({ id, key, waitedMs }: Granted, w: number): CallPass {
    const index = this.options.rules.keys.indexOf(key);
    const callClass = callClasses[classOf(w)] ?? 'image';
    this.tally.passed(callClass, this.options.kindNames[kindOf(w)] ?? '', waitedMs);
    return { key: index, waitedMs, leave: (result) => this.leave(id, key, index, result) };
  }

  private leave(id: string, key: string, index: number, result: CallResult): Promise<void> {
    const { ending, more } = judge(result, Date.now());
    if (!this.passes.end(id, ending, more)) return Promise.resolve();
    this.tally.left(index, result, more.forUs, this.options.budget.keys);
    if (ending === 'throttled' || ending === 'refused') this.stop(key);
    else if (ending === 'crowded') this.stop();
    else this.kick();
    return Promise.resolve();
  }
}
