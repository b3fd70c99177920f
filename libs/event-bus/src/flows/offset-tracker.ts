/**
 * Which records of one partition are finished. Records finish in any order; what may be committed is the low watermark: the offset of the
 * first unfinished record, so that a crash redelivers and never skips. Pure; one instance per partition and assignment epoch.
 */
export class OffsetTracker {
  private taken: number[] = [];
  private head = 0;
  private readonly finished = new Set<number>();
  private next: number | undefined;
  private committed: number | undefined;

  /** Notes a record that was handed over, in the order of the partition. */
  take(offset: number): void {
    if (this.next !== undefined && offset < this.next) throw new RangeError(`offset ${offset} was already taken`);
    this.taken.push(offset);
    this.next = offset + 1;
  }

  /** Everything below `offset` needs no handler (control records, compacted away); moves the end without adding work. */
  skipTo(offset: number): void {
    if (this.next === undefined || offset > this.next) this.next = offset;
  }

  /** Marks one taken record as finished. Repeating it changes nothing. */
  finish(offset: number): void {
    if (this.head < this.taken.length && offset >= this.taken[this.head]!) this.finished.add(offset);
    while (this.head < this.taken.length && this.finished.delete(this.taken[this.head]!)) this.head += 1;
    if (this.head > 1024 && this.head * 2 > this.taken.length) {
      this.taken = this.taken.slice(this.head);
      this.head = 0;
    }
  }

  /** Records taken and not finished. */
  get unfinished(): number {
    return this.taken.length - this.head - this.finished.size;
  }

  /** The offset to commit: the first unfinished record, or the one after the last. Undefined before anything was taken. */
  get watermark(): number | undefined {
    return this.head < this.taken.length ? this.taken[this.head] : this.next;
  }

  /** The watermark when it has moved since the last `markCommitted`, else undefined. */
  get uncommitted(): number | undefined {
    return this.watermark !== this.committed ? this.watermark : undefined;
  }

  markCommitted(offset: number): void {
    this.committed = offset;
  }
}
