import type { Fact } from '@connector/contracts';
import fc from 'fast-check';
import { decodeNotice, encodeNotice, type NoticeMeta } from './envelope';
import { includesFacts, maxFacts, unionFacts } from './facts';

const fact: fc.Arbitrary<Fact> = fc.record(
  {
    id: fc.string({ minLength: 1, maxLength: 40 }),
    kind: fc.constantFrom('order', 'order-delivery', 'booking'),
    at: fc.nat(2_000_000_000_000),
    event: fc.constantFrom('add', 'update'),
    state: fc.constantFrom('open', 'closed'),
    deliveryId: fc.nat(),
  },
  { requiredKeys: ['id', 'kind', 'at'] },
);
const meta: fc.Arbitrary<NoticeMeta> = fc.record(
  {
    attempt: fc.nat(20),
    deferrals: fc.nat(20),
    firstSeenAt: fc.nat(2_000_000_000_000),
    source: fc.constantFrom('webhook', 'delay', 'replay'),
    chain: fc.constantFrom('a-1', 'b-2'),
    targetGroup: fc.constantFrom('app.flow'),
    bulk: fc.constant(true),
    verify: fc.constant(true),
    batchLimit: fc.integer({ min: 1, max: 500 }),
  },
  { requiredKeys: ['attempt', 'deferrals', 'firstSeenAt', 'source'] },
);
const key = Buffer.from('DevShop/NOR/12345');

test('what is encoded is decoded again', () => {
  fc.assert(
    fc.property(fc.array(fact, { maxLength: 20 }), meta, (facts, about) => {
      const { value, headers, timestamp = 1 } = encodeNotice(facts, about);
      const decoded = decodeNotice({ key, value, headers, timestamp });
      expect(decoded).toEqual({
        ok: true,
        notice: { key: { tenant: 'DevShop', market: 'NOR', id: '12345' }, text: 'DevShop/NOR/12345', facts, meta: about },
      });
    }),
  );
});

test.each([
  ['no key', { key: null, value: Buffer.from('{"facts":[]}') }, 'NOTICE_KEY_MALFORMED'],
  ['a key of another form', { key: Buffer.from('12345'), value: Buffer.from('{"facts":[]}') }, 'NOTICE_KEY_MALFORMED'],
  ['no value', { key, value: null }, 'NOTICE_EMPTY'],
  ['garbage', { key, value: Buffer.from([0, 255, 1]) }, 'NOTICE_NOT_JSON'],
  ['another shape', { key, value: Buffer.from('{"order":{"email":"planted@example.com"}}') }, 'NOTICE_MALFORMED'],
  ['a fact without id', { key, value: Buffer.from('{"facts":[{"kind":"order","at":1}]}') }, 'NOTICE_MALFORMED'],
  [
    'an unknown field, which could be a person',
    { key, value: Buffer.from('{"facts":[],"email":"planted@example.com"}') },
    'NOTICE_MALFORMED',
  ],
])('a record with %s is refused with a code, and never quoted', (_name, record, code) => {
  const decoded = decodeNotice({ ...record, headers: {}, timestamp: 1 });
  expect(decoded).toMatchObject({ ok: false, code });
  expect(JSON.stringify(decoded)).not.toContain('planted');
});

test('missing or odd headers fall back to a first try seen when the broker took the record', () => {
  const decoded = decodeNotice({ key, value: Buffer.from('{"facts":[]}'), headers: { attempt: '-1', deferrals: 'many' }, timestamp: 77 });
  expect(decoded).toMatchObject({ ok: true, notice: { meta: { attempt: 0, deferrals: 0, firstSeenAt: 77, source: 'unknown' } } });
});

test('the union of facts loses none, repeats none, and does not depend on the order', () => {
  fc.assert(
    fc.property(fc.array(fact, { maxLength: 30 }), fc.array(fact, { maxLength: 30 }), (a, b) => {
      const unique = [...new Map([...a, ...b].map((one) => [one.id, one])).values()];
      const union = unionFacts(a, b);
      expect(union).toHaveLength(unique.length);
      expect(includesFacts(union, a) && includesFacts(union, b)).toBe(true);
      expect(
        unionFacts(b, a)
          .map(({ id }) => id)
          .sort(),
      ).toEqual(union.map(({ id }) => id).sort());
      expect(unionFacts(union, union)).toEqual(union);
    }),
  );
});

test('beyond its bound a union keeps the newest facts', () => {
  const many = Array.from({ length: maxFacts + 50 }, (_, at) => ({ id: `f${at}`, kind: 'order', at }));
  const union = unionFacts(many);
  expect(union).toHaveLength(maxFacts);
  expect(union[0]?.id).toBe('f50');
});
