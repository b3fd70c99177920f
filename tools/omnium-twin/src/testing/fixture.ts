import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { orderIn } from '../call';
import type { Order } from '../documents';

/** One of the example documents beside this project's sources. */
export function fixture(name: string): unknown {
  return JSON.parse(readFileSync(join(__dirname, '../../fixtures', `${name}.json`), 'utf8'));
}

export function orderFixture(name: string): Order {
  return orderIn(fixture(name));
}
