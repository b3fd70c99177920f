/** Tenant and market of every notice of a bench. */
const prefix = 'Bench/NOR/';

/** A notice as the gateway writes it: about 250 bytes with its headers. `number` is the fact's time, so it rises within a key. */
export function noticeRecord(id: string, number: number): { key: string; value: string; headers: Record<string, string> } {
  const fact = {
    id: number.toString(16).padStart(32, '0'),
    kind: 'order',
    at: number,
    event: 'update',
    state: 'closed',
    warehouseId: 1,
    siteId: 1,
  };
  const headers = { source: 'webhook' };
  return { key: prefix + id, value: JSON.stringify({ facts: [fact] }), headers };
}

/** What a naive consumer reads of it. */
export function readNotice(key: Buffer | string | null, value: unknown): { id: string; numbers: number[] } {
  const { facts } = value as { facts: { at: number }[] };
  return { id: String(key).slice(prefix.length), numbers: facts.map(({ at }) => at) };
}
