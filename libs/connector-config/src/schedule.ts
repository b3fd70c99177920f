import { Cron } from 'croner';
import cronstrue from 'cronstrue';

/** Range of each of the five fields, as minimum and maximum; a step counts from the minimum and starts anew there. */
const fields = [
  { name: 'minute', from: 0, to: 59 },
  { name: 'hour', from: 0, to: 23 },
  { name: 'day of month', from: 1, to: 31 },
  { name: 'month', from: 1, to: 12 },
  { name: 'day of week', from: 0, to: 6 },
] as const;

/** What five-field cron knows everywhere. croner has more (`L`, `#`, `@daily`), which Omnium may not read. */
const plainField = /^[\dA-Z*,/-]+$/i;

/**
 * When something is due: a cron expression of five fields (minute, hour, day of month, month, day of week; 0 = Sunday) in a time zone.
 * Where a day is set and a weekday too, either of them is enough, as in every cron.
 *
 * On the night the clocks go forward a fixed time inside the missing hour (`30 2 * * *`) fires at its end; when they go back it fires once, at
 * the first of the two. A schedule that repeats within the hour (`*\/30 * * * *`) fires in both.
 */
export class Schedule {
  private constructor(
    readonly expression: string,
    /** IANA name. */
    readonly timeZone: string,
    private readonly cron: Cron,
  ) {}

  /** @throws RangeError whose message says in words what is wrong and what to write */
  static parse(expression: string, timeZone: string): Schedule {
    const parts = expression.trim().split(/\s+/);
    if (parts.length !== fields.length)
      throw new RangeError('must have five fields: minute, hour, day of month, month, day of week, such as "*/45 * * * *"');
    const odd = fields.find((_, index) => !plainField.test(parts[index] ?? ''));
    if (odd) throw new RangeError(`has a ${odd.name} that is not made of numbers, names, "*", ",", "-" and "/"`);
    const cron = cronOf(parts.join(' '), timeZone);
    if (!cron.nextRun()) throw new RangeError('never comes due: there is no such day. Check day of month and month');
    return new Schedule(parts.join(' '), timeZone, cron);
  }

  /** In English, with the time zone: `*\/45 * * * *` is "At 0 and 45 minutes past the hour (UTC)" and not every 45 minutes. */
  get words(): string {
    const exact = this.expression.split(' ').map(spellOutUnevenSteps).join(' ');
    const text = cronstrue.toString(exact, { use24HourTimeFormat: true, verbose: false });
    return `${text} (${this.timeZone})`;
  }

  /** The next times after `from`, ms since the epoch. */
  next(count: number, from: number): number[] {
    return this.cron.nextRuns(count, new Date(from)).map((date) => date.getTime());
  }

  /** The newest time after `from` and not after `now`, ms since the epoch. */
  latest(from: number, now: number): number | undefined {
    // croner looks for what lies before its reference, in whole seconds.
    const [date] = this.cron.previousRuns(1, new Date(Math.floor(now / 1_000) * 1_000 + 1));
    return date && date.getTime() > from && date.getTime() <= now ? date.getTime() : undefined;
  }
}

function cronOf(expression: string, timezone: string): Cron {
  try {
    return new Cron(expression, { timezone, mode: '5-part', paused: true });
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^CronPattern: /, '') : 'it cannot be read';
    throw new RangeError(`is not a cron expression: ${why}`);
  }
}

/**
 * `*\/45` as `0,45`. A step that does not divide its range leaves a shorter gap at the end, and cronstrue's "every 45 minutes" would be wrong; so
 * is "every 2 days" at the end of a month.
 */
function spellOutUnevenSteps(text: string, index: number): string {
  const { from, to } = fields[index]!;
  return text
    .split(',')
    .map((part) => {
      const step = Number(/^\*\/(\d+)$/.exec(part)?.[1] ?? 0);
      const isEven = index !== 2 && (to - from + 1) % step === 0;
      if (step < 2 || isEven) return part;
      return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, n) => from + n * step).join(',');
    })
    .join(',');
}
