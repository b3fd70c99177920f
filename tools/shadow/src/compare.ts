import type { OmniumOrder } from '@connector/contracts';
import { orderContext } from '@connector/market';
import {
  compareImported,
  compareOwn,
  mapFamily,
  parityOf,
  sitooOrderFields,
  type ComparedReceipt,
  type Comparison,
  type FamilyMapping,
  type Parity,
} from '@connector/mapping';
import type { Command } from './arguments';
import type { Held } from './documents';
import { readFamilies, receiptOf, type HeldFamily } from './families';
import { background, type ShadowSource } from './source';

export interface ShadowReport extends Parity {
  /** Families whose document the connector or Omnium itself made, those of another system, and those that Omnium does not have. */
  readonly documents: { readonly own: number; readonly imported: number; readonly missing: number };
  /** Where the other system keeps Sitoo's numbers, in the words of `CutOverLookUpBy`, and how often. */
  readonly foundBy: Readonly<Record<string, number>>;
  /** Why receipts took no part, how often, and three of each. */
  readonly notCompared: readonly { readonly code: string; readonly count: number; readonly examples: readonly string[] }[];
}

/** Compares what the connector would make of these receipts with what Omnium has, by the same map and rules that write. @throws CallError */
export async function compareMarket(what: Command['what'], source: ShadowSource): Promise<ShadowReport> {
  const reference = await source.reference.get();
  if (reference.problem) throw new Error(reference.problem.message);
  const context = orderContext(source.config, reference);
  const tally = new Tally();
  for await (const page of receipts(what, source)) {
    if ('orderIds' in what) for (const id of what.orderIds) if (!page.has(id)) tally.leaveOut(String(id), 'ORDER_NOT_READABLE');
    const { families, leftOut } = await readFamilies(page, source);
    for (const one of leftOut) tally.leaveOut(one.receipt, one.code);
    for (const one of families) tally.add(one, mapFamily(one.family, context));
  }
  return tally.report();
}

async function* receipts(what: Command['what'], { sitoo }: ShadowSource): AsyncGenerator<ReadonlyMap<number, unknown>> {
  if ('from' in what) yield* sitoo.orders.byDate(what.from, what.to, { fields: sitooOrderFields }, background);
  else yield await sitoo.orders.byIds(what.orderIds, sitooOrderFields, background);
}

/** A family that was compared, or why it was not. */
interface Entry {
  readonly receipt: string;
  readonly held: Held;
  readonly comparison?: Comparison;
  readonly codes: readonly { readonly receipt: string; readonly code: string }[];
}

/** One entry per family: a refund on a later page has its family compared once more, with the refund. */
class Tally {
  private readonly entries = new Map<number, Entry>();
  private readonly left: { receipt: string; code: string }[] = [];

  leaveOut(receipt: string, code: string): void {
    this.left.push({ receipt, code });
  }

  add({ family: { root }, held }: HeldFamily, mapping: FamilyMapping): void {
    const receipt = receiptOf(root);
    this.entries.set(root.orderId, { receipt, held, ...judge(receipt, held, mapping) });
  }

  report(): ShadowReport {
    const compared = [...this.entries.values()].filter((entry) => entry.comparison !== undefined);
    const of = (kind: Held['kind']) => compared.filter(({ held }) => held.kind === kind).length;
    const places = compared.flatMap(({ held }) => (held.kind === 'imported' ? held.foundBy : []));
    return {
      documents: { own: of('own'), imported: of('imported'), missing: of('none') },
      foundBy: countsOf(places),
      notCompared: this.notCompared(),
      ...parityOf(compared.flatMap(({ receipt, comparison }): ComparedReceipt[] => (comparison ? [{ receipt, ...comparison }] : []))),
    };
  }

  private notCompared(): ShadowReport['notCompared'] {
    const all = [...this.left, ...[...this.entries.values()].flatMap(({ codes }) => codes)];
    return [...new Set(all.map(({ code }) => code))].sort().map((code) => {
      const receipts = [...new Set(all.filter((one) => one.code === code).map(({ receipt }) => receipt))];
      return { code, count: receipts.length, examples: receipts.slice(0, 3) };
    });
  }
}

function judge(receipt: string, held: Held, mapping: FamilyMapping): Pick<Entry, 'comparison' | 'codes'> {
  if (!mapping.ok) return { codes: [{ receipt, code: (mapping.rejection ?? mapping.skip).code }] };
  if (held.kind === 'unclear') return { codes: [{ receipt, code: held.rejection.code }] };
  const codes = mapping.refused.map(({ orderId, rejection }) => ({ receipt: String(orderId), code: rejection.code }));
  return { comparison: compare(held, mapping.order), codes };
}

function compare(held: Exclude<Held, { kind: 'unclear' }>, order: OmniumOrder): Comparison {
  if (held.kind === 'none') return { compared: 1, differences: [absent] };
  return held.kind === 'own' ? compareOwn(held.document, order) : compareImported(held.document, order);
}

const absent = { path: '(order)', kind: 'missing', before: null, after: '(added)' } as const;

function countsOf(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}
