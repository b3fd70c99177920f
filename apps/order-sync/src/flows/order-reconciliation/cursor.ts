import { isRecord } from '@connector/platform';

/** The highest order id that could be read at a time. */
export interface Mark {
  /** ms since the epoch. */
  at: number;
  id: number;
}

/** How far a market has been walked through. Sitoo's order ids rise with insertion, also for a till that was offline. */
export interface Cursor {
  /** Nothing before this id is looked for: the cut-over, or where the connector began. */
  floor: number;
  /** The highest id of the last walk that reached the end. */
  last: number;
  /** Ends of walks, oldest first; the first one is older than the overlap. */
  marks: readonly Mark[];
  /** Where a walk that has not reached the end goes on. */
  next?: number;
}

const minuteMs = 60_000;

/** Lengths of time, ms; `scale` shortens them in tests. */
export function windows(scale: number) {
  return {
    /** A lower id can become visible later: what was new in this time is read again. */
    overlapMs: 30 * minuteMs * scale,
    /** An order that has been visible for so long has been announced: events come within seconds. Shorter than the second look's minute. */
    settleMs: 0.75 * minuteMs * scale,
    /** Marks nearer to each other say nothing more. */
    spacingMs: minuteMs * scale,
  };
}

/** …and these many ids at least. */
const overlapIds = 500;

export function firstCursor(floor: number): Cursor {
  return { floor, last: floor - 1, marks: [{ at: 0, id: floor - 1 }] };
}

/** Where the next page begins. */
export function startOf({ floor, last, marks, next }: Cursor, now: number, scale: number): number {
  if (next !== undefined) return next;
  const before = newestAt(marks, now - windows(scale).overlapMs) ?? marks[0];
  return Math.max(floor, Math.min(last - overlapIds, before?.id ?? last) + 1);
}

/** Up to this id orders have been visible for long enough to have been announced. */
export function settledId({ floor, marks }: Cursor, now: number, scale: number): number {
  return newestAt(marks, now - windows(scale).settleMs)?.id ?? floor - 1;
}

/** The walk reached the end. */
export function afterWalk({ floor, last, marks }: Cursor, highest: number, now: number, scale: number): Cursor {
  const { overlapMs, spacingMs } = windows(scale);
  const reached = Math.max(last, highest);
  const kept = marks.filter((mark, index) => index === marks.length - 1 || (marks[index + 1]?.at ?? 0) > now - overlapMs);
  const [newest, before] = [kept.at(-1), kept.at(-2)];
  const isCrowded = newest !== undefined && before !== undefined && newest.at - before.at < spacingMs;
  return { floor, last: reached, marks: [...(isCrowded ? kept.slice(0, -1) : kept), { at: now, id: reached }] };
}

export function formatCursor(cursor: Cursor): string {
  return JSON.stringify(cursor);
}

/** Undefined when the text is no cursor. */
export function parseCursor(text: string): Cursor | undefined {
  const value = parse(text);
  if (!isRecord(value)) return undefined;
  const { floor, last, marks, next } = value;
  if (!isId(floor) || !isId(last) || !Array.isArray(marks) || !marks.every(isMark)) return undefined;
  return { floor, last, marks, ...(isId(next) ? { next } : {}) };
}

function newestAt(marks: readonly Mark[], at: number): Mark | undefined {
  return marks.filter((mark) => mark.at <= at).at(-1);
}

function isMark(value: unknown): value is Mark {
  return isRecord(value) && typeof value['at'] === 'number' && isId(value['id']);
}

/** -1 where nothing has been seen from id 0 on. */
function isId(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= -1;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
