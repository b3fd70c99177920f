import type { SinkClient } from './sink-client';

export interface OneKey {
  key: string;
  facts: string[];
  attempt: number;
  signal?: AbortSignal;
  /** False when another member may own the key: then nothing is written. */
  owned(): boolean;
}

export type Agreement = 'created' | 'patched' | 'equal' | 'poison' | 'taken-over';

/**
 * What every subject's handler does for one key, so that only the bus around it differs: read source and target, think, write what
 * differs. Throws, hangs or refuses when the script says so.
 */
export async function agree(sink: SinkClient, { key, facts, attempt, signal, owned }: OneKey): Promise<Agreement> {
  const { call, source, target, fault, thinkMs } = await sink.begin(key, facts, attempt);
  if (fault === 'throw') throw new TypeError("Cannot read properties of null (reading 'lines')");
  if (fault === 'hang') await new Promise<never>(() => undefined);
  if (fault === 'park') return 'poison';
  if (target >= source) return 'equal';
  if (thinkMs > 0) await new Promise((resolve) => setTimeout(resolve, thinkMs));
  if (!owned()) return 'taken-over';
  await sink.apply({ call, key, version: source, create: target === 0 }, signal);
  return target === 0 ? 'created' : 'patched';
}
