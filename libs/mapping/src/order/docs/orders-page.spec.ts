import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mapFamily } from '../family/map-family';
import { cases, readCase } from '../golden.fixture';
import { shipmentLeaf, type ShipmentLeaf } from '../shipment-option';
import { orderKinds, renderOrdersPage, returnRules } from './orders-page';

const page = join(__dirname, '../../../../../docs/orders.md');

describe('the page about orders', () => {
  it('is the page in docs/orders.md', () => {
    if (process.env['UPDATE_GOLDEN'] || !existsSync(page)) writeFileSync(page, renderOrdersPage());
    expect(readFileSync(page, 'utf8')).toBe(renderOrdersPage());
  });

  it('shows only cases that are recorded', () => {
    expect([...orderKinds, ...returnRules].map(({ example }) => example).filter((example) => !cases.includes(example))).toEqual([]);
  });

  it.each(orderKinds.map(({ kind, document, example }) => [kind, document, example] as const))(
    'says of a case of "%s" what becomes of it',
    (_kind, document, example) => {
      const { family, context } = readCase(example);
      const mapping = family && mapFamily(family, context);
      expect(mapping?.ok).toBe(!document.startsWith('none'));
      if (document.startsWith('none: skipped')) expect(mapping?.skip).toBeDefined();
      if (mapping?.ok) expect(mapping.create === 'never').toBe(document.startsWith('Omnium'));
    },
  );

  it('has a recorded case for every leaf of the shipment tree', () => {
    const leaves = new Set<ShipmentLeaf>(cases.flatMap((name) => readCase(name).family ?? []).map(({ root }) => shipmentLeaf(root)));
    expect([...leaves].sort()).toEqual(['booking', 'closed', 'delivery', 'none', 'pickup']);
  });
});
