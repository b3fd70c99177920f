import { closeSync, openSync, writeSync } from 'node:fs';
import type { Entry } from './entry';

type Unstamped<E> = E extends Entry ? Omit<E, 'at'> : never;

/** Notes what happens, in memory for the checker and as JSON lines in a file for people. */
export class History {
  readonly entries: Entry[] = [];
  private readonly file: number | undefined;

  constructor(
    readonly path?: string,
    private readonly clock: () => number = () => performance.now(),
  ) {
    this.file = path === undefined ? undefined : openSync(path, 'w');
  }

  now(): number {
    return Math.round(this.clock() * 1000) / 1000;
  }

  add(entry: Unstamped<Entry>, at = this.now()): void {
    const stamped = { at, ...entry } as Entry;
    this.entries.push(stamped);
    if (this.file !== undefined) writeSync(this.file, `${JSON.stringify(stamped)}\n`);
  }

  close(): void {
    if (this.file !== undefined) closeSync(this.file);
  }
}
