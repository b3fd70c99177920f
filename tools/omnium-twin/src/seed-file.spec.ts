import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { devShop } from './seed';
import { readSeed } from './seed-file';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'omnium-twin-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const seedOf = (content: unknown) => {
  const path = join(folder, 'seed.json');
  writeFileSync(path, JSON.stringify(content));
  return readSeed(path);
};

it('is DevShop without a file', () => {
  expect(readSeed()).toEqual([devShop]);
});

it('reads several tenants', () => {
  const tenants = [devShop, { ...devShop, id: 'Other', apiUsers: [{ clientId: 'o', clientSecret: 's', roles: ['OrderAdmin'] }] }];
  expect(seedOf({ tenants })).toEqual(tenants);
});

it('names every problem of a file that is no seed', () => {
  const { stores: _stores, ...incomplete } = devShop;
  const act = () => seedOf({ tenants: [{ ...incomplete, apiUsers: [{ clientId: 'o' }] }] });
  expect(act).toThrow(/'stores'.*'clientSecret'/);
});

it('names a file that is no JSON', () => {
  const path = join(folder, 'seed.json');
  writeFileSync(path, '{');
  expect(() => readSeed(path)).toThrow(`${path} is not JSON`);
});
