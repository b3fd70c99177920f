import { missingNumbers } from './missing-numbers';

const numbers = (...last: number[]) => last.map((number) => `SII0000001500001${number}`);

test('numbers between those that are there are missing', () => {
  expect(missingNumbers(numbers(10_001, 10_002, 10_005), 2)).toEqual(numbers(10_003, 10_004));
});

test('where no number lies between, it is before the first or after the last', () => {
  expect(missingNumbers(numbers(10_001, 10_002), 1)).toEqual(numbers(10_000, 10_003));
});

test('the order in which they are given does not matter', () => {
  expect(missingNumbers(numbers(10_005, 10_001, 10_003, 10_002), 1)).toEqual(numbers(10_004));
});

test('of a day without receipts no number can be told', () => {
  expect(missingNumbers([], 3)).toEqual([]);
});

test('a huge gap does not become a huge list', () => {
  expect(missingNumbers(numbers(10_000, 90_000), 50_000)).toHaveLength(100);
});
