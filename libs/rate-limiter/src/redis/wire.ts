import { Ask, Done } from '../budget/exchange';
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
    d: ask.done.map(encodeDone),
    n: ask.wait,
    a: ask.age,
  });
}

/** The last three numbers are rare, and absent when they say nothing. */
function encodeDone({ id, key, w, ending, ranUs, forUs, untilUs, remaining }: Done): (string | number)[] {
  const short = [id, key, w, ending, ranUs];
  return forUs < 0 && untilUs < 0 && remaining < 0 ? short : [...short, forUs, untilUs, remaining];
}

export function decodeReply(raw: unknown): Reply {
  if (typeof raw !== 'string') throw new BudgetReplyError('not a text');
  const reply = record(JSON.parse(raw));
  return {
    stale: reply['stale'] === true,
    tick: number(reply['tick']),
    grants: list(reply['grants'])
      .map(numbered)
      .sort((a, b) => a.no - b.no)
      .map(({ grant }) => grant),
    againUs: number(reply['again']),
    width: number(reply['width']),
    keys: list(reply['keys']).map(keyView),
    waiting: list(reply['waiting']).map(number),
    used: list(reply['used']).map(number),
    procs: number(reply['procs']),
  };
}

/** A grant and its number, which is the order in which it was made. */
function numbered(raw: unknown): { grant: Grant; no: number } {
  const [id, key, w, inUs, no] = list(raw);
  if (typeof id !== 'string' || typeof key !== 'string') throw new BudgetReplyError('a grant without id');
  return { grant: { id, key, w: number(w), inUs: number(inUs) }, no: number(no) };
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
