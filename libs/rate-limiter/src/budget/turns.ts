import { classCount, classOf, Rules } from './rules';
import { State } from './state';

/**
 * Ageing. Urgency alone would let a busy class starve the ones below it; a rank that rises with age would let a saturating export
 * rise above sales. So a class with an aged waiter counts how often it is passed over, and gets one slot when that is often enough:
 * every 11th while bulk classes compete, every 21st while urgent ones do.
 */
export interface Turns {
  /** Classes with a waiter older than `ageUs`. */
  readonly aged: readonly boolean[];
  /** Waiting classes in the order in which they are tried. */
  order(state: State): number[];
}

export function turns(state: State, now: number, rules: Rules): Turns {
  const aged = Array.from({ length: classCount }, () => false);
  for (const proc of Object.values(state.procs)) {
    proc.n.forEach((count, w) => {
      if (count > 0 && (proc.since[w] ?? now) <= now - rules.ageUs) aged[classOf(w)] = true;
    });
  }
  return { aged, order: (current) => order(current, rules) };
}

function order(state: State, rules: Rules): number[] {
  const waiting = Array.from({ length: classCount }, () => false);
  for (const proc of Object.values(state.procs)) proc.n.forEach((count, w) => (waiting[classOf(w)] ||= count > 0));
  const plain = waiting.flatMap((waits, callClass) => (waits ? [callClass] : []));
  const first = plain[0] ?? classCount;
  const due = first < rules.urgent ? rules.turnUrgent : rules.turnBulk;
  let turn: number | undefined;
  for (const callClass of plain.slice(1)) {
    const passed = state.passed[callClass] ?? 0;
    if (passed >= due && (turn === undefined || passed > (state.passed[turn] ?? 0))) turn = callClass;
  }
  return turn === undefined ? plain : [turn, ...plain];
}

/** After a grant: its class starts over, aged classes below it were passed over once more. */
export function noteTurn(state: State, { aged }: Turns, granted: number): void {
  state.passed[granted] = 0;
  for (let callClass = granted + 1; callClass < classCount; callClass++) {
    state.passed[callClass] = aged[callClass] ? (state.passed[callClass] ?? 0) + 1 : 0;
  }
}
