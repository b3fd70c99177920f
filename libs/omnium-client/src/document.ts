import { AnswerMismatch, CallError, isRecord, type Decode, type HttpSeam } from '@connector/platform';
import { read, type CallOptions } from './omnium-seam';

/**
 * Reads one document of a kind that Omnium publishes no operation for, from a path of the tenant's own; undefined when there is none.
 * @param template below the host, with `{name}` for each of `values`
 * @throws CallError
 */
export async function readDocument(
  seam: HttpSeam,
  template: string,
  values: Readonly<Record<string, string>>,
  options: CallOptions,
): Promise<Record<string, unknown> | undefined> {
  // Encoding leaves dots alone, and dots are a way up.
  if (Object.values(values).some((value) => /^\.{0,2}$/.test(value))) return undefined;
  const filled = template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));
  try {
    return await read(seam, { operation: 'document', path: filled, decode: aDocument }, options);
  } catch (error) {
    if (error instanceof CallError && error.failure === 'NOT_FOUND') return undefined;
    throw error;
  }
}

const aDocument: Decode<Record<string, unknown>> = (data) => {
  if (isRecord(data)) return data;
  throw new AnswerMismatch('no document');
};
