import type { OmniumOrderLine } from '@connector/contracts';
import type { Amount } from '../../money/amount';

/** A line to be found in a document of another system. */
export interface WantedLine {
  /** Our id of it. */
  readonly lineItemId: string;
  readonly sku: string | undefined;
  readonly quantity: Amount;
}

/**
 * Which line of another system's document is which of ours? Its ids are its own: a line is found by our id where the SKU fits, else by SKU and
 * quantity, else by SKU. Each is taken once; a line that has no counterpart is absent.
 */
export function pairLines(
  wanted: readonly WantedLine[],
  lines: readonly OmniumOrderLine[],
): Map<string, OmniumOrderLine & { readonly lineItemId: string }> {
  const free = new Set(lines.filter(hasId));
  const pairs = new Map<string, OmniumOrderLine & { readonly lineItemId: string }>();
  for (const { lineItemId, sku, quantity } of wanted) {
    const ofSku = [...free].filter(({ code }) => code === sku);
    const line = ofSku.find((one) => one.lineItemId === lineItemId) ?? ofSku.find((one) => quantity.eq(one.quantity ?? 0)) ?? ofSku[0];
    if (!line) continue;
    free.delete(line);
    pairs.set(lineItemId, line);
  }
  return pairs;
}

function hasId(line: OmniumOrderLine): line is OmniumOrderLine & { readonly lineItemId: string } {
  return typeof line.lineItemId === 'string' && line.lineItemId !== '';
}
