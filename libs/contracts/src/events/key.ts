/** The parts of a work record's key, `{tenant}/{market}/{id}`. */
export interface NoticeKey {
  tenant: string;
  market: string;
  id: string;
}

export function formatKey({ tenant, market, id }: NoticeKey): string {
  return `${tenant}/${market}/${id}`;
}

/** Undefined when the text is not a key of this form; the id may itself hold slashes. */
export function parseKey(text: string): NoticeKey | undefined {
  const [tenant, market, ...rest] = text.split('/');
  const id = rest.join('/');
  return tenant && market && id ? { tenant, market, id } : undefined;
}
