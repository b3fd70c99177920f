import type { DifferenceGroup } from '@connector/mapping';
import type { ShadowReport } from './compare';

/** The report for a terminal. */
export function describeReport(market: string, report: ShadowReport): string[] {
  const { receipts, fields, documents, foundBy, notCompared, groups } = report;
  const places = Object.entries(foundBy).map(([place, count]) => `${place} ${count}`);
  return [
    `Market ${market}: ${receipts.compared} receipts compared`,
    `  in Omnium: ${documents.own} of the connector's or Omnium's own, ${documents.imported} of another system, ${documents.missing} not there`,
    ...(places.length === 0 ? [] : [`  found by: ${places.join(', ')}`]),
    ...notCompared.map(({ code, count, examples }) => `  not compared: ${count} ${code}, such as ${examples.join(', ')}`),
    `  fields that agree:             ${share(fields)}`,
    `  receipts without a difference: ${share(receipts)}`,
    '',
    ...(groups.length === 0 ? ['Nothing differs.'] : table(groups)),
  ];
}

/** Never 100 % while something differs. */
function share({ agreeing, compared }: { agreeing: number; compared: number }): string {
  if (compared === 0) return '–';
  const percent = Math.floor((agreeing / compared) * 10_000) / 100;
  return `${percent.toFixed(2)} % (${agreeing} of ${compared})`;
}

function table(groups: readonly DifferenceGroup[]): string[] {
  const head = ['receipts', 'kind', 'field', 'in Omnium', 'connector', 'such as'];
  const rows = groups.map(({ receipts, kind, paths, before, after, examples }) => [
    String(receipts),
    kind,
    paths[0] ?? '',
    text(before),
    text(after),
    examples.join(', '),
  ]);
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [line(head), ...rows.flatMap((row, index) => [line(row), ...notes(groups[index])])];
}

function notes(group: DifferenceGroup | undefined): string[] {
  const [, ...others] = group?.paths ?? [];
  return [
    ...(others.length === 0 ? [] : [`          and with it ${others.join(', ')}`]),
    ...(group?.origin ? [`          made of ${group.origin.from || 'nothing in Sitoo'}: ${group.origin.rule}`] : []),
  ];
}

function text(value: DifferenceGroup['before']): string {
  return value === null ? '–' : String(value);
}
