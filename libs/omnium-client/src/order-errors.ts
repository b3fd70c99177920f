import type { OmniumOrder, OmniumOrderError } from '@connector/contracts';

/** A problem as staff see it on the order. One key per problem, so that it appears once however often it is reported. */
export type OrderProblem = Pick<
  OmniumOrderError,
  'message' | 'details' | 'severity' | 'occurred' | 'status' | 'comment' | 'referenceId'
> & {
  key: string;
};

/**
 * The order's errors with ours put in: one of the same key takes the old one's place, those of others stay. Undefined when nothing would
 * change; the time of a problem alone is no change, or every retry would write.
 */
export function mergedErrors({ errors }: OmniumOrder, ours: readonly OrderProblem[]): OmniumOrderError[] | undefined {
  const existing = errors ?? [];
  const changed = ours.filter((problem) => !existing.some((known) => isSame(known, problem)));
  if (changed.length === 0) return undefined;
  const keys = new Set<unknown>(changed.map(({ key }) => key));
  return [...existing.filter(({ key }) => !keys.has(key)), ...changed];
}

/** The order's errors but those of these keys; undefined when it has none of them. */
export function errorsWithout({ errors }: OmniumOrder, keys: readonly string[]): OmniumOrderError[] | undefined {
  const existing = errors ?? [];
  const left = existing.filter(({ key }) => !keys.some((one) => one === key));
  return left.length === existing.length ? undefined : left;
}

function isSame(known: OmniumOrderError, ours: OrderProblem): boolean {
  const { occurred: _occurred, ...said } = ours;
  const have = new Map<string, unknown>(Object.entries(known));
  return Object.entries(said).every(([name, value]) => have.get(name) === value);
}
