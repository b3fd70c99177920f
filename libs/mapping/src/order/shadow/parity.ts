import { fieldOrigins, type FieldOrigin } from '../explain/rules';
import { HIDDEN, type LoggableValue } from '../reconcile/merge';
import type { Comparison, Difference, DifferenceKind } from './difference';

export interface ComparedReceipt extends Comparison {
  /** Number on the receipt, else Sitoo's order id. */
  readonly receipt: string;
}

/** Differences of one kind in one field, with those of fields that differ with it by the same values. */
export interface DifferenceGroup {
  /** The one with most receipts first. */
  readonly paths: readonly string[];
  readonly kind: DifferenceKind;
  /** How often, over all receipts. */
  readonly count: number;
  readonly receipts: number;
  /** Three receipts at most. */
  readonly examples: readonly string[];
  /** Of the first one: in Omnium, and as the connector makes it. */
  readonly before: LoggableValue;
  readonly after: LoggableValue;
  /** The rule that makes the field, and the fields of Sitoo that it is made of. */
  readonly origin?: FieldOrigin;
}

export interface Parity {
  readonly receipts: { readonly compared: number; readonly agreeing: number };
  readonly fields: { readonly compared: number; readonly agreeing: number };
  /** Those of most receipts first. */
  readonly groups: readonly DifferenceGroup[];
}

const MAX_EXAMPLES = 3;

/** How far two systems make the same of the same receipts. */
export function parityOf(receipts: readonly ComparedReceipt[]): Parity {
  const compared = receipts.reduce((sum, receipt) => sum + receipt.compared, 0);
  const differing = receipts.reduce((sum, { differences }) => sum + differences.length, 0);
  return {
    receipts: { compared: receipts.length, agreeing: receipts.filter(({ differences }) => differences.length === 0).length },
    fields: { compared, agreeing: compared - differing },
    groups: groupsOf(receipts),
  };
}

interface Found {
  readonly receipt: string;
  readonly difference: Difference;
}

function groupsOf(receipts: readonly ComparedReceipt[]): DifferenceGroup[] {
  const fields = new Map<string, Found[]>();
  for (const { receipt, differences } of receipts) {
    for (const difference of differences) {
      const field = `${difference.kind} ${difference.path}`;
      const found = fields.get(field) ?? [];
      found.push({ receipt, difference });
      fields.set(field, found);
    }
  }
  const groups = causesOf([...fields.values()].sort(byReceipts)).map(toGroup);
  return groups.sort((left, right) => right.receipts - left.receipts || (left.paths[0] ?? '').localeCompare(right.paths[0] ?? ''));
}

/**
 * One wrong store is in five fields of a receipt: a field that differs only where another one differs by the very same values is told with it.
 * @param fields those of most receipts first
 */
function causesOf(fields: readonly Found[][]): Found[][][] {
  const causes: { fields: Found[][]; said: Set<string> }[] = [];
  for (const field of fields) {
    const said = new Set(field.map(saying));
    const cause = isShown(field) ? causes.find((one) => [...said].every((text) => one.said.has(text))) : undefined;
    if (cause) cause.fields.push(field);
    else causes.push({ fields: [field], said });
  }
  return causes.map((cause) => cause.fields);
}

function saying({ receipt, difference: { kind, before, after } }: Found): string {
  return JSON.stringify([receipt, kind, before, after]);
}

/** Of values that nobody sees it cannot be said that they are the same. */
function isShown(field: readonly Found[]): boolean {
  return field.every(({ difference: { kind, before, after } }) => kind === 'different' && before !== HIDDEN && after !== HIDDEN);
}

function byReceipts(left: readonly Found[], right: readonly Found[]): number {
  return receiptsOf(right).length - receiptsOf(left).length;
}

function receiptsOf(found: readonly Found[]): string[] {
  return [...new Set(found.map(({ receipt }) => receipt))];
}

function toGroup(fields: readonly Found[][]): DifferenceGroup {
  const [[first] = []] = fields;
  const all = fields.flat();
  const receipts = receiptsOf(all);
  const { path = '', kind = 'different', before = null, after = null } = first?.difference ?? {};
  const paths = [...new Set(all.map(({ difference }) => difference.path))];
  const origin = originOf(path);
  const examples = receipts.slice(0, MAX_EXAMPLES);
  return { paths, kind, count: all.length, receipts: receipts.length, examples, before, after, ...(origin ? { origin } : {}) };
}

/** An address has one rule for all its parts. */
function originOf(path: string): FieldOrigin | undefined {
  const origin = Object.entries(fieldOrigins).find(([one]) => one === path || one.startsWith(`${path}.`))?.[1];
  return origin && { ...origin, from: origin.from.replaceAll('{row}', 'orderitems[]').replaceAll('{payment}', 'payments[]') };
}
