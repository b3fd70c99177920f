import { readFileSync, writeFileSync } from 'node:fs';
import { settingsTables } from './settings-table';

/** The part of the document that is generated. */
export const TABLES = /(<!-- settings:start[^>]*-->\n)[\s\S]*?(\n<!-- settings:end -->)/;

/** Puts the current tables between the marks of the given Markdown file. */
export function writeSettingsDocs(file: string): void {
  const text = readFileSync(file, 'utf8');
  if (!TABLES.test(text)) throw new Error(`${file} has no marks "settings:start" and "settings:end".`);
  writeFileSync(
    file,
    text.replace(TABLES, (_, start: string, end: string) => `${start}\n${settingsTables()}\n${end}`),
  );
}

const [, script, file] = process.argv;
if (script?.endsWith('write-settings-docs.js') && file !== undefined) writeSettingsDocs(file);
