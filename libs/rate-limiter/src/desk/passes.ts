import { Done, Ending, Held } from '../budget/exchange';
import { Grant } from '../budget/reply';
import { Waiter } from './waiting';

interface Pass extends Held {
  /** Steady clock, ms; undefined while the slot has not come. */
  startedAt: number | undefined;
  readonly waiter: Waiter;
  timer: NodeJS.Timeout | undefined;
}

/** What is known about the end of a call beside its ending. Absent numbers are -1. */
export interface Aftermath {
  readonly forUs: number;
  readonly untilUs: number;
  readonly remaining: number;
}

export const nothingMore: Aftermath = { forUs: -1, untilUs: -1, remaining: -1 };

/** The permissions this process holds, and the endings the budget has not been told of yet. */
export class Passes {
  private readonly held = new Map<string, Pass>();
  private outbox: Done[] = [];

  constructor(private readonly now: () => number) {}

  get size(): number {
    return this.held.size;
  }

  has(id: string): boolean {
    return this.held.has(id);
  }

  /** Takes a grant for a waiter and lets it go when its slot comes. */
  begin({ id, key, w, inUs }: Grant, waiter: Waiter): void {
    const pass: Pass = { id, key, w, waiter, startedAt: undefined, timer: undefined };
    this.held.set(id, pass);
    const go = (): void => {
      pass.startedAt = this.now();
      waiter.go({ id, key, waitedMs: Math.max(0, pass.startedAt - waiter.since) });
    };
    if (inUs < 500) go();
    else pass.timer = setTimeout(go, Math.ceil(inUs / 1000));
  }

  /** Gives a lease back that nobody here wants. */
  refuse({ id, key, w }: Grant): void {
    this.tell({ id, key, w, ending: 'unused', ranUs: -1, ...nothingMore });
  }

  /** Ends a pass. False when it was not held any more. */
  end(id: string, ending: Ending, more: Aftermath = nothingMore): boolean {
    const pass = this.held.get(id);
    if (!pass) return false;
    clearTimeout(pass.timer);
    this.held.delete(id);
    const ranUs = pass.startedAt === undefined ? -1 : Math.max(0, Math.floor((this.now() - pass.startedAt) * 1000));
    this.tell({ id, key: pass.key, w: pass.w, ending, ranUs, ...more });
    return true;
  }

  /** Ends the passes whose slot has not come yet, on one key or on all. Returns their waiters, oldest first. */
  recall(key?: string): Waiter[] {
    const asleep = [...this.held.values()].filter((pass) => pass.startedAt === undefined && (key === undefined || pass.key === key));
    for (const { id } of asleep) this.end(id, 'unused');
    return asleep.map(({ waiter }) => waiter);
  }

  /** Ends the pass of a waiter that went away before its slot came. */
  drop(waiter: Waiter): boolean {
    for (const pass of this.held.values()) if (pass.waiter === waiter && pass.startedAt === undefined) return this.end(pass.id, 'unused');
    return false;
  }

  tell(done: Done): void {
    this.outbox.push(done);
  }

  holding(): Held[] {
    return [...this.held.values()].map(({ id, key, w }) => ({ id, key, w }));
  }

  untold(): readonly Done[] {
    return [...this.outbox];
  }

  /** The first `count` endings have arrived. */
  told(count: number): void {
    this.outbox = this.outbox.slice(count);
  }
}
