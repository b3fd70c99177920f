import type { DayDifference, DayProof, NamedReceipt } from './prove-day';

const headings: Record<DayDifference['kind'], string> = {
  'missing-in-omnium': 'Omnium does not have',
  'differs-in-omnium': 'Omnium has other figures for',
  'missing-in-sitoo': 'the report counts receipts that Sitoo does not have, by their numbers:',
  'not-in-report': 'the report does not count, by its amounts:',
  unreadable: 'cannot be read',
  unexplained: 'the report and the receipts in Sitoo differ',
};

/** The proof in plain words, a line each. */
export function describeDay({ agrees, receipts, lines, differences }: DayProof): string[] {
  const row = (cells: readonly string[]) => cells.map((cell, index) => (index === 0 ? cell.padEnd(28) : cell.padStart(14))).join('');
  const counted = row(['receipts', String(receipts.report ?? '?'), String(receipts.sitoo), String(receipts.omnium)]);
  const table = lines.map(({ line, report, sitoo, omnium, agrees: same }) => `${row([line, report, sitoo, omnium])}${same ? '' : '  <'}`);
  const verdict = agrees
    ? 'Everything agrees, to the cent.'
    : `${differences.length || 'Some'} difference${differences.length === 1 ? '' : 's'}:`;
  return [row(['', 'Z-report', 'Sitoo', 'Omnium']), counted, ...table, '', verdict, ...differences.flatMap(describe)];
}

function describe({ kind, receipts, lines, advice }: DayDifference): string[] {
  const names = receipts.map(nameOf).join(', ');
  const by = [...lines].map(([line, value]) => `${line} ${value.gt(0) ? '+' : ''}${value.toFixed(2)}`).join(', ');
  return [`- ${headings[kind]}${names ? ` ${names}` : ''}${by ? ` (${by})` : ''}`, `  ${advice}`];
}

function nameOf({ orderId, receiptNumber }: NamedReceipt): string {
  if (orderId === undefined) return receiptNumber ?? 'an order without a number';
  return receiptNumber === undefined ? `order ${orderId}` : `receipt ${receiptNumber} (order ${orderId})`;
}
