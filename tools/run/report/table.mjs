/**
 * Lines of a table with a heading row. Numbers stand right, texts left; undefined is empty. Widths follow the contents, and the last
 * column is cut so that no line is longer than `width`.
 */
export function table(headings, rows, width = 120) {
  const cells = rows.map((row) => headings.map((_, column) => row[column] ?? ''));
  const widths = headings.map((heading, column) => Math.max(heading.length, ...cells.map((row) => String(row[column]).length)));
  const before = widths.slice(0, -1).reduce((sum, each) => sum + each + 2, 0);
  widths[widths.length - 1] = Math.max(headings.at(-1).length, Math.min(widths.at(-1), width - before));
  const line = (row) =>
    row
      .map((cell, column) => fit(cell, widths[column]))
      .join('  ')
      .trimEnd();
  return [line(headings), widths.map((each) => '─'.repeat(each)).join('  '), ...cells.map(line)];
}

function fit(cell, width) {
  const text = String(cell);
  if (text.length > width) return `${text.slice(0, Math.max(0, width - 1))}…`;
  return typeof cell === 'number' ? text.padStart(width) : text.padEnd(width);
}

/** `label  value` pairs, one per line. */
export function pairs(entries) {
  const width = Math.max(...entries.map(([label]) => label.length));
  return entries.map(([label, value]) => `${label.padEnd(width)}  ${value}`);
}
