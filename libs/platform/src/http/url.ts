/** Query values; an array repeats the parameter (Omnium's lists). Sitoo wants comma lists, so its client joins them itself. */
export type Query = Record<string, string | number | boolean | undefined | readonly (string | number)[]>;

/** The address of a call. Slashes between base and path are taken care of; parts of `path` must already be encoded. */
export function callUrl(baseURL: string, path: string, query: Query = {}): string {
  const search = Object.entries(query)
    .flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((one) => [name, one] as const))
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeQueryValue(String(value))}`)
    .join('&');
  const address = `${baseURL.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`;
  return search === '' ? address : `${address}?${search}`;
}

/** Commas stay readable: Sitoo documents its lists as `sku=a,b,c`. */
function encodeQueryValue(value: string): string {
  return encodeURIComponent(value).replaceAll('%2C', ',');
}
