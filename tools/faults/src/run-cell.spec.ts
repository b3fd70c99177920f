import { holds } from './run-cell';

test('a figure has to be within its bounds', () => {
  expect(holds({ violations: 0, share: 0.95 }, { violations: { max: 0 }, share: { min: 0.9 } })).toBe(true);
  expect(holds({ violations: 1 }, { violations: { max: 0 } })).toBe(false);
  expect(holds({ share: 0.89 }, { share: { min: 0.9 } })).toBe(false);
});

test('a figure that is missing or no number is outside of them', () => {
  expect(holds({}, { violations: { max: 0 } })).toBe(false);
  expect(holds({ share: Number.NaN }, { share: { min: 0 } })).toBe(false);
});
