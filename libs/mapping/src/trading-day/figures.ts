import { amount, type Amount, ZERO } from '../money/amount';

/**
 * The lines of a register's day that can be compared: `sales`, `refunds`, `vat on sales 25`, `vat on refunds 25`, `payment Card`,
 * `round-off`, `sales tax`, `total`. A line that is not there is zero.
 */
export type Figures = ReadonlyMap<string, Amount>;

/** Adds up figures while they are read. */
export class Tally {
  private readonly lines = new Map<string, Amount>();

  add(line: string, value: Amount): void {
    this.lines.set(line, (this.lines.get(line) ?? ZERO).plus(value));
  }

  addAll(figures: Figures): void {
    for (const [line, value] of figures) this.add(line, value);
  }

  get figures(): Figures {
    return this.lines;
  }
}

export function sumOf(all: Iterable<Figures>): Figures {
  const tally = new Tally();
  for (const figures of all) tally.addAll(figures);
  return tally.figures;
}

export function valueOf(figures: Figures, line: string): Amount {
  return figures.get(line) ?? ZERO;
}

/** The lines in which two sides differ, with `left - right`. */
export function differencesOf(left: Figures, right: Figures): Figures {
  const lines = new Set([...left.keys(), ...right.keys()]);
  const differences = [...lines].map((line) => [line, valueOf(left, line).minus(valueOf(right, line))] as const);
  return new Map(differences.filter(([, difference]) => !difference.eq(0)));
}

export const line = {
  sales: 'sales',
  refunds: 'refunds',
  vatOnSales: (rate: Amount) => `vat on sales ${rate.toFixed()}`,
  vatOnRefunds: (rate: Amount) => `vat on refunds ${rate.toFixed()}`,
  payment: (name: string) => `payment ${name}`,
  roundoff: 'round-off',
  salesTax: 'sales tax',
  total: 'total',
} as const;

const order = ['sales', 'refunds', 'vat on sales ', 'vat on refunds ', 'sales tax', 'round-off', 'total', 'payment '];

/** Lines in the order of a report: what was sold, what came back, tax, rounding, total, money. */
export function inReportOrder(lines: Iterable<string>): string[] {
  const rank = (text: string) => order.findIndex((start) => (start.endsWith(' ') ? text.startsWith(start) : text === start));
  const rate = (text: string) => Number(/(\d+(\.\d+)?)$/.exec(text)?.[0] ?? 0);
  return [...new Set(lines)].sort((a, b) => rank(a) - rank(b) || rate(a) - rate(b) || (a < b ? -1 : 1));
}

/** Money of a document that may leave it out: Sitoo's are texts, Omnium's numbers. @throws when it is no decimal */
export function money(value: string | number | null | undefined): Amount {
  return value === null || value === undefined || value === '' ? ZERO : amount(value);
}
