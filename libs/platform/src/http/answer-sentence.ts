import { isRecord } from './decode';

/** More messages about single fields only repeat what the first ones say. */
const maxFieldErrors = 3;

/**
 * What the body of a refusal says, in words: title, detail and field errors of a problem document (Omnium, api-guide section 4), `errortext` of
 * Sitoo; any other body as it is.
 */
export function sentenceOf(body: string): string {
  const answer = parse(body);
  if (!isRecord(answer)) return body;
  const headline = unique([answer['title'], answer['detail'], answer['errortext']].flatMap(textIn)).map((text) => text.replace(/\.$/, ''));
  const said = headline.join(': ');
  const fields = fieldErrors(answer['errors']).filter(({ message }) => !said.includes(message.replace(/\.$/, '')));
  const listed = fields.slice(0, maxFieldErrors).map(({ field, message }) => `${field}: ${message.replace(/\.$/, '')}`);
  const more = fields.length - listed.length;
  const details = [...listed, ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
  return [said, said && details ? `(${details})` : details].filter((part) => part !== '').join(' ') || body;
}

function fieldErrors(errors: unknown): { field: string; message: string }[] {
  if (!isRecord(errors)) return [];
  return Object.entries(errors).flatMap(([field, messages]) =>
    (Array.isArray(messages) ? messages : [messages]).flatMap(textIn).map((message) => ({ field, message })),
  );
}

function textIn(value: unknown): string[] {
  return typeof value === 'string' && value.trim() !== '' ? [value.trim()] : [];
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
