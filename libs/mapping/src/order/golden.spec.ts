import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mapFamily } from './family/map-family';
import { cases, folder, read, readCase } from './golden.fixture';
import { mapSitooOrder } from './to-omnium-order';

describe('the map of an order family, by example', () => {
  it.each(cases)('gives what is recorded for %s', (name) => {
    const { sitoo, family, context } = readCase(name);
    const result = JSON.parse(JSON.stringify(family ? mapFamily(family, context) : mapSitooOrder(sitoo, context))) as unknown;
    const recorded = `${name}.out.json`;
    if (process.env['UPDATE_GOLDEN'] || !existsSync(join(folder, recorded))) {
      if (process.env['CI']) throw new Error(`${recorded} is missing`);
      writeFileSync(join(folder, recorded), `${JSON.stringify(result, null, 2)}\n`);
    }
    expect(result).toEqual(read(recorded));
  });

  it('has at least fifty cases that become a document', () => {
    expect(cases.filter((name) => read<{ ok: boolean }>(`${name}.out.json`).ok).length).toBeGreaterThanOrEqual(50);
  });
});
