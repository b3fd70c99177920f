import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Script {
  readonly text: string;
  readonly sha: string;
}

export function script(text: string): Script {
  return { text, sha: createHash('sha1').update(text).digest('hex') };
}

/** The whole limiter as one Redis script. */
export const limiterScript = script(readFileSync(join(__dirname, 'limiter.lua'), 'utf8'));
