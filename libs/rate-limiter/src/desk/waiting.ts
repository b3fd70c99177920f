/** A caller waiting for permission. */
export interface Waiter {
  readonly w: number;
  /** Steady clock, ms. */
  readonly since: number;
  readonly go: (pass: Granted) => void;
  readonly fail: (reason: unknown) => void;
}

/** A permission handed to its caller: the lease, its key and how long the caller waited. */
export interface Granted {
  readonly id: string;
  readonly key: string;
  readonly waitedMs: number;
}

/** The callers of this process that wait, first come first served per waiter index. */
export class WaitingRoom {
  private readonly queues: Set<Waiter>[];

  constructor(indexes: number) {
    this.queues = Array.from({ length: indexes }, () => new Set<Waiter>());
  }

  add(waiter: Waiter): void {
    this.queues[waiter.w]?.add(waiter);
  }

  /** Back to the front: its permission was recalled before it could call. */
  putBack(waiter: Waiter): void {
    const queue = this.queues[waiter.w];
    if (!queue) return;
    const later = [...queue];
    queue.clear();
    for (const each of [waiter, ...later]) queue.add(each);
  }

  remove(waiter: Waiter): boolean {
    return this.queues[waiter.w]?.delete(waiter) ?? false;
  }

  take(w: number): Waiter | undefined {
    const [first] = this.queues[w] ?? [];
    if (first) this.remove(first);
    return first;
  }

  counts(): number[] {
    return this.queues.map((queue) => queue.size);
  }

  /** Age of the oldest per index, ms. */
  ages(now: number): number[] {
    return this.queues.map((queue) => {
      const [first] = queue;
      return first ? Math.max(0, now - first.since) : 0;
    });
  }

  size(w: number): number {
    return this.queues[w]?.size ?? 0;
  }

  empty(): Waiter[] {
    const all = this.queues.flatMap((queue) => [...queue]);
    this.queues.forEach((queue) => queue.clear());
    return all;
  }
}
