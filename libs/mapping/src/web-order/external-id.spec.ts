import fc from 'fast-check';
import { omniumOrderIdOf, readExternalId, sitooExternalIdOf } from './external-id';

const oddId = fc.oneof(
  fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }),
  fc.string({ minLength: 1, maxLength: 20, unit: fc.constantFrom('_', '-', 'A', 'F', '5', 'c', 'r', '1', '%', '/') }),
);
const number = (min: number) => fc.integer({ min, max: 99 });
const endings = fc.oneof(
  fc.record({ part: number(1), revision: number(2) }, { requiredKeys: [] }),
  fc.record({ isCart: fc.constant(true), revision: number(2) }, { requiredKeys: ['isCart'] }),
);

describe('the external id of a web order', () => {
  it.each([
    ['ORD-12345', {}, 'ORD-12345'],
    ['ORD-12345', { part: 1 }, 'ORD-12345_-1'],
    ['ORD-12345', { part: 2, revision: 2 }, 'ORD-12345_-2_r2'],
    ['epic_market/1', {}, 'epic__market_2F1'],
    ['blå', {}, 'bl_C3_A5'],
    ['cart-1', { isCart: true }, 'cart-1_c'],
    ['0f8fad5b-d9cb-469f-a165-70867728950e', { isCart: true, revision: 20 }, '0f8fad5b-d9cb-469f-a165-70867728950e_c20'],
  ])('of %s with %j is %s', (orderId, parts, expected) => {
    expect(sitooExternalIdOf(orderId, parts)).toBe(expected);
  });

  it('is accepted by Sitoo, leads back to its order and is nobody else’s, whatever the id', () => {
    fc.assert(
      fc.property(oddId, endings, (orderId, parts) => {
        const externalId = sitooExternalIdOf(orderId, parts);
        if (externalId === undefined) return;
        expect(externalId).toMatch(/^[A-Za-z0-9_-]{1,40}$/);
        expect(readExternalId(externalId)).toEqual({ orderId, ...parts });
      }),
      { numRuns: 5_000 },
    );
  });

  it('never meets that of another order', () => {
    fc.assert(
      fc.property(oddId, oddId, endings, endings, (one, other, oneParts, otherParts) => {
        const [first, second] = [sitooExternalIdOf(one, oneParts), sitooExternalIdOf(other, otherParts)];
        const same = one === other && JSON.stringify(readExternalId(first ?? '')) === JSON.stringify(readExternalId(second ?? ''));
        expect(first !== undefined && first === second).toBe(first !== undefined && same);
      }),
      { numRuns: 5_000 },
    );
  });

  it('reads anything, and what it reads it would write again', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40, unit: fc.constantFrom('_', '-', 'A', 'F', '5', 'c', 'r', '1', '2', '0') }), (text) => {
        const parts = readExternalId(text);
        if (parts) expect(sitooExternalIdOf(parts.orderId, parts)).toBe(text);
      }),
      { numRuns: 5_000 },
    );
  });

  it.each(['', 'x'.repeat(41), '_', 'a/b', '_41', 'A_', '_FF', 'a_-0', 'a_r01', 'a_c0', 'a_c_-1', 'a_c_r2'])('is not %j', (text) => {
    expect(readExternalId(text)).toBeUndefined();
  });

  it.each(['', 'x'.repeat(41), '\ud800', '/'.repeat(14)])('does not exist for %j, which does not fit', (orderId) => {
    expect(sitooExternalIdOf(orderId)).toBeUndefined();
  });

  it('of a cart leads to no order', () => {
    expect(omniumOrderIdOf('cart-1_c')).toBeUndefined();
    expect(omniumOrderIdOf('ORD-12345_-1')).toBe('ORD-12345');
  });
});
