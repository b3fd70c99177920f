import type { Violation } from '../checker/violation';

/** One register's day as `npm run trading-day -- --json` tells it, as far as it is judged. */
export interface RegisterProof {
  register: string;
  agrees: boolean;
  differences: readonly { kind: string; receipts: readonly { orderId?: number }[] }[];
}

/** What has to be found, and nothing else. */
export interface Planted {
  /** Order ids that Omnium does not have. */
  missing: readonly number[];
  /** Order ids that a register's report does not count. */
  leftOut: readonly number[];
}

/** Whether the proofs of all registers name what was planted, each by its kind, and find fault with nothing else. Pure. */
export function judgeProofs(proofs: readonly RegisterProof[], planted: Planted): Violation[] {
  const wanted = [...planted.missing.map((id) => `missing-in-omnium ${id}`), ...planted.leftOut.map((id) => `not-in-report ${id}`)];
  const found = proofs.flatMap(({ differences }) =>
    differences.flatMap(({ kind, receipts }) =>
      receipts.length === 0 ? [kind] : receipts.map(({ orderId }) => `${kind} ${orderId ?? '?'}`),
    ),
  );
  const silent = proofs.filter(({ agrees, differences }) => agrees !== (differences.length === 0));
  return [
    ...wanted.filter((one) => !found.includes(one)).map((one) => violation(`${one} is not named`)),
    ...found.filter((one) => !wanted.includes(one)).map((one) => violation(`${one} is named and nothing is wrong with it`)),
    ...silent.map(({ register }) => violation(`register ${register} differs without a word, or agrees with differences`)),
  ];
}

function violation(message: string): Violation {
  return { invariant: 'D6', message };
}
