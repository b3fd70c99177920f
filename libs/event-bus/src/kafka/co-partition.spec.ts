import fc from 'fast-check';
import { spread } from './co-partition';

const members = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 9 });
const count = fc.integer({ min: 1, max: 24 });

function topicsOf(partitions: number): { topic: string; partitions: number[] }[] {
  const all = Array.from({ length: partitions }, (_, partition) => partition);
  return [
    { topic: 'orders', partitions: all },
    { topic: 'orders.bulk', partitions: [...all].reverse() },
  ];
}

test('every partition has exactly one owner, and a twin has the same', () => {
  fc.assert(
    fc.property(members, count, (ids, partitions) => {
      const assigned = spread(ids, topicsOf(partitions));
      const owners = assigned.flatMap(({ memberId, assignment }) =>
        (assignment['orders'] ?? []).map((partition) => [partition, memberId] as const),
      );
      expect(owners.map(([partition]) => partition).sort((a, b) => a - b)).toEqual(Array.from({ length: partitions }, (_, index) => index));
      for (const { assignment } of assigned) expect(assignment['orders.bulk']).toEqual(assignment['orders']);
    }),
  );
});

test('members get as many as each other, give or take one, whatever order they come in', () => {
  fc.assert(
    fc.property(members, count, (ids, partitions) => {
      const sizes = spread(ids, topicsOf(partitions)).map(({ assignment }) => assignment['orders']?.length ?? 0);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      expect(spread([...ids].reverse(), topicsOf(partitions))).toEqual(spread(ids, topicsOf(partitions)));
    }),
  );
});
