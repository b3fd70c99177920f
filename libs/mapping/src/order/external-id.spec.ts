import fc from 'fast-check';
import { omniumOrderIdOf, sitooExternalIdOf } from './external-id';

/** Ids as Omnium hands them out, and as people can make them. */
const anyId = fc.oneof(
  fc.string({ minLength: 1, maxLength: 60, unit: 'binary' }),
  fc.stringMatching(/^[A-Za-z0-9_-]{1,60}$/),
  fc.stringMatching(/^(_h|_|__|_2F|%2F|\/){1,10}[A-Z0-9]{0,20}$/),
);

describe('the externalid of an Omnium order in Sitoo', () => {
  it.each([
    ['ORDR000001', 'ORDR000001'],
    ['sitoo-nor-1-20451', 'sitoo-nor-1-20451'],
    ['a_b', 'a__b'],
    ['ORDR/000_1', 'ORDR_2F000__1'],
    ['å 1', '_C3_A5_201'],
    ['_hABC', '__hABC'],
  ])('of %s is %s, and leads back', (id, externalId) => {
    expect(sitooExternalIdOf(id)).toBe(externalId);
    expect(omniumOrderIdOf(externalId)).toBe(id);
  });

  it('has the alphabet and the length that Sitoo takes, whatever the id', () => {
    fc.assert(fc.property(anyId, (id) => expect(sitooExternalIdOf(id)).toMatch(/^[A-Za-z0-9_-]{1,40}$/)));
  });

  it('leads back to the id, or says that it cannot: only when the id does not fit', () => {
    fc.assert(
      fc.property(anyId, (id) => {
        const externalId = sitooExternalIdOf(id);
        expect(omniumOrderIdOf(externalId)).toBe(externalId.startsWith('_h') ? undefined : id);
        if (/^[A-Za-z0-9-]{1,40}$/.test(id)) expect(externalId).toBe(id);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is never shared by two ids', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyId, { minLength: 2, maxLength: 50 }), (ids) => {
        expect(new Set(ids.map(sitooExternalIdOf)).size).toBe(ids.length);
      }),
    );
  });

  it('is the same digest for the same long id, every time', () => {
    const id = 'x'.repeat(41);
    expect(sitooExternalIdOf(id)).toBe(sitooExternalIdOf(id));
    expect(sitooExternalIdOf(id)).toMatch(/^_h[A-Za-z0-9_-]{22}$/);
  });

  it.each(['_', 'a_', '_2f', '_C3', '_FF', '_41', 'has space', '', 'x'.repeat(41)])('tells nothing of %p, which it never gives', (text) => {
    expect(omniumOrderIdOf(text)).toBeUndefined();
  });

  it('does not exist for an empty id', () => {
    expect(() => sitooExternalIdOf('')).toThrow('never empty');
  });
});
