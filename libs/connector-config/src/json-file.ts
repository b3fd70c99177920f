import { readFile } from 'node:fs/promises';
import { isJsonObject } from './json';
import { Report } from './problem';

/** The file's content, or undefined when it is absent or unreadable as JSON (reported; an absent file only when it is required). */
export async function readJsonFile(file: string, report: Report, ifAbsent?: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (!isAbsent(error)) report.error('FILE_UNREADABLE', 'The file cannot be read. Check its permissions.');
    else if (ifAbsent !== undefined) report.error('FILE_MISSING', ifAbsent);
    return undefined;
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    report.error('FILE_NOT_JSON', `The file is not valid JSON${position(error, text)}. Look for a missing comma, quote or bracket there.`);
    return undefined;
  }
}

function isAbsent(error: unknown): boolean {
  return isJsonObject(error) && error.code === 'ENOENT';
}

/** Line and column only: the engine's own message quotes the text around the fault, which may be a secret. */
function position(error: unknown, text: string): string {
  const at = isJsonObject(error) ? /at position (\d+)/.exec(String(error.message))?.[1] : undefined;
  if (at === undefined) return '';
  const before = text
    .replace(/^\uFEFF/, '')
    .slice(0, Number(at))
    .split('\n');
  return ` at line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`;
}
