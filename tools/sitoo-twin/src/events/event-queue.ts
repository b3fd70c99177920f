import type { TwinSettings } from '../settings';

/** Sitoo sends at most ten events in one request. */
const BATCH = 10;

interface Waiting {
  /** Unix seconds; events without a usable date keep their place. */
  date: number;
  event: unknown;
}

/** Events of one subscription that wait: oldest first, or in random order when the settings shuffle. */
export class EventQueue {
  private waiting: Waiting[] = [];

  constructor(
    private readonly settings: () => TwinSettings,
    private readonly random: () => number,
  ) {}

  get size(): number {
    return this.waiting.length;
  }

  add(events: readonly unknown[]): void {
    const { repeat, shuffle } = this.settings();
    const ordered = events.map((event) => this.append(event, repeat)).every(Boolean);
    if (shuffle) this.mix();
    else if (!ordered) this.waiting.sort((a, b) => a.date - b.date);
  }

  take(): unknown[] {
    return this.waiting.splice(0, BATCH).map(({ event }) => event);
  }

  clear(): number {
    const left = this.waiting.length;
    this.waiting = [];
    return left;
  }

  /** False when the event is older than the one before it; a long backlog is sorted only then. */
  private append(event: unknown, times: number): boolean {
    const last = this.waiting.at(-1)?.date ?? 0;
    const date = dateOf(event) ?? last;
    for (let copy = 0; copy < times; copy += 1) this.waiting.push({ date, event });
    return date >= last;
  }

  private mix(): void {
    for (let last = this.waiting.length - 1; last > 0; last -= 1) {
      const other = Math.floor(this.random() * (last + 1));
      const [a, b] = [this.waiting[last], this.waiting[other]];
      if (a && b) [this.waiting[last], this.waiting[other]] = [b, a];
    }
  }
}

function dateOf(event: unknown): number | undefined {
  if (typeof event !== 'object' || event === null || !('event_date' in event)) return undefined;
  return typeof event.event_date === 'number' ? event.event_date : undefined;
}
