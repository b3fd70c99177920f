import { Ask, Done, Ending, exchange } from '../budget/exchange';
import { Grant, Reply } from '../budget/reply';
import { classOf, Rules } from '../budget/rules';
import { State, zeros } from '../budget/state';

export interface Call extends Grant {
  readonly proc: string;
  /** Start and end, µs. */
  readonly from: number;
  until: number;
  /** How long it waited for its slot, µs. */
  readonly waited: number;
}

interface Process {
  seq: number;
  tick: number;
  readonly queues: number[][];
  readonly running: Call[];
  nextAt: number;
}

/**
 * A small world in which processes call through one budget, in simulated time and with perfect timers: what the pure rules allow can
 * be watched for minutes in milliseconds.
 */
export class World {
  now = 1_000_000_000;
  state: State | undefined;
  readonly calls: Call[] = [];
  asks = 0;
  private readonly processes = new Map<string, Process>();

  constructor(
    private readonly rules: Rules,
    /** How a call ends and how long it takes, µs. */
    private readonly server: (call: Call, running: readonly Call[]) => { ending: Ending; takesUs: number },
  ) {}

  /** A caller of this class (waiter index) arrives at a process. */
  arrive(proc: string, w: number): void {
    const process = this.process(proc);
    if (process.queues[w]?.length === 0) process.nextAt = this.now; // else the budget knows already
    process.queues[w]?.push(this.now);
  }

  /** Lets time pass, running every exchange and call that falls into it. `tick` is called at every step, e.g. to keep queues full. */
  run(forUs: number, tick: () => void = () => undefined): void {
    const end = this.now + forUs;
    tick();
    for (let next = this.nextMoment(); next <= end; next = this.nextMoment()) {
      this.now = Math.max(this.now, next);
      for (const [name, process] of this.processes) {
        if (process.nextAt <= this.now || process.running.some((call) => call.until <= this.now)) this.exchange(name, process);
      }
      tick();
    }
    this.now = end;
  }

  waiting(proc: string, w: number): number {
    return this.process(proc).queues[w]?.length ?? 0;
  }

  private nextMoment(): number {
    let next = Infinity;
    for (const process of this.processes.values()) {
      next = Math.min(next, process.nextAt, ...process.running.map((call) => call.until));
    }
    return next;
  }

  private process(name: string): Process {
    const known = this.processes.get(name);
    if (known) return known;
    const made: Process = { seq: 0, tick: 0, queues: zeros(this.rules.kinds.length * 6).map(() => []), running: [], nextAt: Infinity };
    this.processes.set(name, made);
    return made;
  }

  private exchange(name: string, process: Process): void {
    this.asks += 1;
    const done = this.finish(process);
    const ask: Ask = {
      proc: name,
      seq: ++process.seq,
      tick: process.tick,
      empty: false,
      held: process.running.map(({ id, key, w }) => ({ id, key, w })),
      done,
      wait: process.queues.map((queue) => queue.length),
      age: process.queues.map((queue) => this.now - (queue[0] ?? this.now)),
    };
    const { state, reply, wake } = exchange(this.state, this.now, this.rules, ask);
    this.state = state;
    process.tick = reply.tick;
    this.begin(name, process, reply);
    for (const other of wake) this.process(other).nextAt = this.now;
  }

  private finish(process: Process): Done[] {
    const ended = process.running.filter((call) => call.until <= this.now);
    process.running.splice(0, process.running.length, ...process.running.filter((call) => call.until > this.now));
    return ended.map((call) => {
      const { ending } = this.outcomes.get(call.id) ?? { ending: 'answered' as const };
      return { id: call.id, key: call.key, w: call.w, ending, ranUs: this.now - call.from, forUs: -1, untilUs: -1, remaining: -1 };
    });
  }

  private readonly outcomes = new Map<string, { ending: Ending }>();

  private begin(proc: string, process: Process, reply: Reply): void {
    for (const grant of reply.grants) {
      const since = process.queues[grant.w]?.shift() ?? this.now;
      const from = this.now + grant.inUs;
      const call: Call = { ...grant, proc, from, until: Infinity, waited: from - since };
      const running = [...this.processes.values()].flatMap((each) => each.running).filter((each) => each.until > from);
      const { ending, takesUs } = this.server(call, running);
      this.outcomes.set(call.id, { ending });
      call.until = from + takesUs;
      process.running.push(call);
      this.calls.push(call);
    }
    const renewAt = process.running.length > 0 ? this.now + 1_500_000 : Infinity;
    process.nextAt = Math.min(renewAt, reply.againUs < 0 ? Infinity : this.now + reply.againUs);
  }

  /** Calls of one class. */
  of(callClass: number): Call[] {
    return this.calls.filter(({ w }) => classOf(w) === callClass);
  }
}
