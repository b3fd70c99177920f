import { eventNumber } from '../load/payloads';
import { judge } from './verify';

const two = { events: () => 2 };
const onTopic = (...events: [number, number][]): Map<number, number> => {
  const times = new Map<number, number>();
  for (const [n, position] of events) times.set(eventNumber(n, position), (times.get(eventNumber(n, position)) ?? 0) + 1);
  return times;
};

describe('the verify phase', () => {
  it('finds an acknowledged event that is not on the topic', () => {
    expect(judge([4, 5], two, onTopic([4, 0], [4, 1], [5, 0]))).toEqual({ acknowledged: 4, missing: 1, doubled: 0 });
  });

  it('counts doubles, and forgives events on the topic whose acknowledgement never arrived', () => {
    expect(judge([4], two, onTopic([4, 0], [4, 0], [4, 1], [9, 0]))).toEqual({ acknowledged: 2, missing: 0, doubled: 1 });
  });
});
