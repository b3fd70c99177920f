import { Ask } from '../budget/exchange';
import { Grant, KeyView, Reply } from '../budget/reply';

/** The script answered something this version does not understand: an older or newer version shares the budget. */
export class BudgetReplyError extends Error {
  readonly code = 'LIMITER_REPLY_UNREADABLE';
}

/** The ask as the script reads it; short names, because it travels with every exchange. */
export function encodeAsk(ask: Ask): string {
  return JSON.stringify({
    p: ask.proc,
    s: ask.seq,
    t: ask.tick,
    e: ask.empty ? 1 : 0,
    h: ask.held.map(({ id, key, w }) => [id, key, w]),
    d: ask.done.map(({ id, key, w, ending, ranUs, forUs, untilUs, remaining }) => [id, key, w, ending, ranUs, forUs, untilUs, remaining]),
    n: ask.wait,
    a: ask.age,
  });
}

export function decodeReply(raw: unknown): Reply {
  if (typeof raw !== 'string') throw new BudgetReplyError('not a text');
  const reply = record(JSON.parse(raw));
  return {
    stale: reply['stale'] === true,
    tick: number(reply['tick']),
    grants: list(reply['grants']).map(grant),
    againUs: number(reply['again']),
    width: number(reply['width']),
    keys: list(reply['keys']).map(keyView),
    waiting: list(reply['waiting']).map(number),
    used: list(reply['used']).map(number),
    procs: number(reply['procs']),
  };
}

function grant(raw: unknown): Grant {
  const [id, key, w, inUs] = list(raw);
  if (typeof id !== 'string' || typeof key !== 'string') throw new BudgetReplyError('a grant without id');
  return { id, key, w: number(w), inUs: number(inUs) };
}

function keyView(raw: unknown): KeyView {
  const [factorPpm, blockedUs, benchedUs, inFlight] = list(raw).map(number);
  return { factorPpm: number(factorPpm), blockedUs: number(blockedUs), benchedUs: number(benchedUs), inFlight: number(inFlight) };
}

function record(raw: unknown): Record<string, unknown> {
  if (typeof raw !== 'object' || raw === null) throw new BudgetReplyError('not an object');
  return Object.fromEntries(Object.entries(raw));
}

/** Lua has one kind of table, so an empty list arrives as `{}`. */
function list(raw: unknown): unknown[] {
  if (Array.isArray(raw)) return raw;
  if (Object.keys(record(raw)).length === 0) return [];
  throw new BudgetReplyError('not a list');
}

function number(raw: unknown): number {
  if (typeof raw !== 'number' || !Number.isFinite(raw)) throw new BudgetReplyError('not a number');
  return raw;
}
