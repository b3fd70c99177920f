/** What a witness has seen of the work on keys. */
export interface Testimony {
  /** Pieces of work that ended. */
  calls: number;
  /** Notices in them: several of one key may have become one piece of work. */
  notices: number;
  /** Two pieces of work for one key at the same time. */
  overlaps: number;
  /** A notice that came after a newer one of its key. */
  disorder: number;
  /** Notices that came again. */
  repeats: number;
}

/** Watches that every key is worked on one at a time, in the order of its notices. Numbers of notices rise within a key. */
export class Witness {
  readonly seen: Testimony = { calls: 0, notices: 0, overlaps: 0, disorder: 0, repeats: 0 };
  private readonly busy = new Map<string, number>();
  private readonly newest = new Map<string, number>();
  private readonly known = new Set<number>();

  begin(key: string, numbers: readonly number[]): void {
    const others = this.busy.get(key) ?? 0;
    if (others > 0) this.seen.overlaps += 1;
    this.busy.set(key, others + 1);
    for (const number of numbers) this.note(key, number);
  }

  end(key: string, numbers: readonly number[]): void {
    this.busy.set(key, (this.busy.get(key) ?? 1) - 1);
    this.seen.calls += 1;
    this.seen.notices += numbers.length;
  }

  private note(key: string, number: number): void {
    if (this.known.has(number)) this.seen.repeats += 1;
    else if (number < (this.newest.get(key) ?? -1)) this.seen.disorder += 1;
    this.known.add(number);
    this.newest.set(key, Math.max(number, this.newest.get(key) ?? -1));
  }
}
