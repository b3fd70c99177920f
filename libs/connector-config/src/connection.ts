import { Layers } from './layers';
import { Secret } from './secret';
import { DEFAULT_TIMEOUT_MS, MAXIMUM_TIMEOUT_MS } from './settings';
import { parseTimeSpan } from './time-span';

/** What the record says about every call, whatever the platform. */
export interface CallSettings {
  timeoutMs: number;
  /** Header name → value. Values may be credentials of a proxy, so they do not print. */
  customHeaders: Readonly<Record<string, Secret>>;
  /** false when `disableStandardErrorPolicy` is set: a failed call is not repeated at once. */
  retriesTransientFailures: boolean;
}

const HEADER_NAME = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/;
/** Set by the connection itself; another value would break the call. */
const RESERVED_HEADERS = ['host', 'content-length', 'transfer-encoding', 'connection', 'content-type'];

export function readCallSettings(layers: Layers, defaultTimeoutMs = DEFAULT_TIMEOUT_MS): CallSettings {
  return {
    timeoutMs: readTimeout(layers, defaultTimeoutMs),
    customHeaders: readCustomHeaders(layers),
    retriesTransientFailures: !(layers.field('disableStandardErrorPolicy')?.value ?? false),
  };
}

/** The nearest `timeOut` that is not zero; zero is what an untouched form writes. */
function readTimeout(layers: Layers, standard: number): number {
  for (const { record } of layers.layers) {
    const text = record.shape.timeOut;
    const report = layers.onBehalf(record.report.inside('timeOut'));
    const milliseconds = text === undefined ? 0 : parseTimeSpan(text);
    if (milliseconds === undefined)
      report.error('TIME_SPAN', '"timeOut" is not a time span. Write hours:minutes:seconds, such as 00:00:30; 00:00:00 means the default.');
    if (!milliseconds) continue;
    if (milliseconds <= MAXIMUM_TIMEOUT_MS) return milliseconds;
    report.warning(
      'TIME_OUT_CUT',
      `"timeOut" is longer than ${MAXIMUM_TIMEOUT_MS / 1000} s and is cut to that: a longer call would outlive the claim on its work.`,
    );
    return MAXIMUM_TIMEOUT_MS;
  }
  return Math.min(standard, MAXIMUM_TIMEOUT_MS);
}

/** Headers of both levels, the nearest winning by name in any case. */
function readCustomHeaders(layers: Layers): Record<string, Secret> {
  const headers = new Map<string, [string, Secret]>();
  for (const { record } of layers.layers) {
    for (const header of record.headers) {
      const fault = headerFault(header.name, header.text);
      if (fault) layers.onBehalf(header.report).error(...fault);
      else if (header.text !== undefined && !headers.has(header.name.toLowerCase()))
        headers.set(header.name.toLowerCase(), [header.name, new Secret(header.text)]);
    }
  }
  return Object.fromEntries(headers.values());
}

function headerFault(name: string, value: string | undefined): [code: string, message: string] | undefined {
  const lower = name.toLowerCase();
  if (lower === 'authorization')
    return [
      'HEADER_AUTHORIZATION',
      'A custom header cannot replace Authorization: the connector sets it from the credentials. Remove the entry.',
    ];
  if (RESERVED_HEADERS.includes(lower))
    return ['HEADER_RESERVED', `The header ${lower} is set by the connection itself. Remove the entry.`];
  if (!HEADER_NAME.test(name))
    return ['HEADER_NAME', 'The header name holds a character that HTTP does not allow. Use letters, digits and hyphens.'];
  if (value !== undefined && /[^\t\x20-\x7e\x80-\xff]/.test(value))
    return ['HEADER_VALUE', 'The header value holds a line break or another character that HTTP does not allow.'];
  return undefined;
}

/** The headers with their values, for the call itself. */
export function revealHeaders(headers: Readonly<Record<string, Secret>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.reveal()]));
}
