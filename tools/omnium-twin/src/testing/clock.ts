import type { Clock } from '../clock';

/** A clock that stands still until it is moved; a call's sleep resolves at once and is noted. */
export class StillClock implements Clock {
  readonly slept: number[] = [];

  constructor(private time = Date.parse('2026-03-02T15:00:00Z')) {}

  now(): number {
    return this.time;
  }

  sleep(ms: number): Promise<void> {
    this.slept.push(ms);
    return Promise.resolve();
  }

  advance(ms: number): void {
    this.time += ms;
  }
}

/** A clock whose sleeping calls wait until they are let go, so that a spec can hold calls in flight. */
export class HeldClock extends StillClock {
  private waiting: (() => void)[] = [];
  private watchers: { count: number; resolve: () => void }[] = [];

  override sleep(ms: number): Promise<void> {
    this.slept.push(ms);
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      for (const watcher of this.watchers.filter(({ count }) => this.waiting.length >= count)) watcher.resolve();
    });
  }

  /** Resolves when `count` calls are sleeping. */
  untilSleeping(count: number): Promise<void> {
    if (this.waiting.length >= count) return Promise.resolve();
    return new Promise((resolve) => this.watchers.push({ count, resolve }));
  }

  letGo(): void {
    const sleepers = this.waiting;
    this.waiting = [];
    for (const wake of sleepers) wake();
  }
}
