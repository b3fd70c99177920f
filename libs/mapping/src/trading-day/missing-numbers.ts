/** Most numbers that are written out one by one. */
const maxNamed = 100;

/**
 * Receipt numbers that a register must have given and nobody has: those between the ones that are there; where these do not suffice, the
 * neighbours of the first and the last. A number is the register's key and a running number (orders-and-customers section 14), so within a
 * register only its last digits differ.
 */
export function missingNumbers(present: readonly string[], lacking: number): string[] {
  const numbers = present.flatMap(split).sort((a, b) => (a.number < b.number ? -1 : a.number > b.number ? 1 : 0));
  const [first, last] = [numbers[0], numbers.at(-1)];
  if (!first || !last) return [];
  const missing: string[] = [];
  for (const [index, { number }] of numbers.entries()) {
    const before = numbers[index - 1];
    if (before) missing.push(...range(first, before.number + 1n, number - 1n));
  }
  if (missing.length >= lacking) return missing.slice(0, maxNamed);
  const outside = BigInt(lacking - missing.length);
  const start = first.number > outside ? first.number - outside : 0n;
  return [...missing, ...range(first, start, first.number - 1n), ...range(first, last.number + 1n, last.number + outside)].slice(
    0,
    maxNamed,
  );
}

interface Numbered {
  prefix: string;
  number: bigint;
  digits: number;
}

function split(receiptNumber: string): Numbered[] {
  const digits = /\d+$/.exec(receiptNumber)?.[0];
  if (digits === undefined) return [];
  return [{ prefix: receiptNumber.slice(0, -digits.length), number: BigInt(digits), digits: digits.length }];
}

function range({ prefix, digits }: Numbered, from: bigint, to: bigint): string[] {
  const all: string[] = [];
  for (let number = from; number <= to && all.length < maxNamed; number += 1n) all.push(`${prefix}${String(number).padStart(digits, '0')}`);
  return all;
}
