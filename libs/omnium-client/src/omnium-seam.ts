import { CallError, type CallClass, type CallSpec, type HttpSeam } from '@connector/platform';

/** How urgent a call is and how it can be called off. */
export interface CallOptions {
  /** Default `sale`. */
  class?: CallClass;
  signal?: AbortSignal;
}

/** Reads over the seam; everything about them may be repeated. */
export async function read<T>(
  seam: HttpSeam,
  spec: Pick<CallSpec<T>, 'operation' | 'path' | 'query' | 'body' | 'decode'>,
  { class: urgency = 'sale', signal }: CallOptions,
): Promise<T> {
  const method = spec.body === undefined ? 'GET' : 'POST';
  const { data } = await seam.call({ ...spec, method, class: urgency, signal, safeToRepeat: true, writes: false });
  return data;
}

/** An answer that is well-formed and still cannot be right. */
export function badAnswer(operation: string, sentence: string): CallError {
  return new CallError('omnium', operation, 'BAD_ANSWER', sentence, { retryable: true });
}

export function* chunksOf<T>(items: readonly T[], size: number): Generator<T[]> {
  for (let from = 0; from < items.length; from += size) yield items.slice(from, from + size);
}
