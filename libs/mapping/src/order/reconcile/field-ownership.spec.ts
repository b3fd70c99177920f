import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fieldOwnership, renderFieldOwnership } from './field-ownership';

const page = join(__dirname, '../../../../../docs/field-ownership.md');

describe('the table of field owners', () => {
  it('is the page in docs/field-ownership.md', () => {
    if (process.env['UPDATE_GOLDEN'] || !existsSync(page)) writeFileSync(page, renderFieldOwnership());
    expect(readFileSync(page, 'utf8')).toBe(renderFieldOwnership());
  });

  it('names each field once', () => {
    const paths = fieldOwnership.map(({ path }) => path);
    expect(new Set(paths).size).toBe(paths.length);
  });

  it('lets no field about a person into a log', () => {
    const personal = fieldOwnership.filter(({ path }) =>
      /customer|salesPerson|address|billingAddress|transactionId|properties/i.test(path),
    );
    expect(personal.length).toBeGreaterThan(10);
    expect(personal.filter(({ isLoggable }) => isLoggable)).toEqual([]);
  });
});
