import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One of Sitoo's published payloads beside this project's sources. */
export function fixture(name: string) {
  return JSON.parse(readFileSync(join(__dirname, '../../fixtures', `${name}.json`), 'utf8'));
}
