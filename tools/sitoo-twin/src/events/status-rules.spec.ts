import { verdict } from './status-rules';

describe('the status table', () => {
  it.each([
    [200, 'accepted', 'accepted'],
    [201, 'retry', 'drop'],
    [204, 'retry', 'drop'],
    [302, 'retry', 'drop'],
    [400, 'drop', 'drop'],
    [401, 'drop', 'drop'],
    [403, 'drop', 'drop'],
    [404, 'drop', 'drop'],
    [413, 'drop', 'drop'],
    [429, 'retry', 'retry'],
    [500, 'retry', 'drop'],
    [502, 'retry', 'drop'],
    [503, 'retry', 'retry'],
    [504, 'retry', 'retry'],
    ['timeout', 'retry', 'retry'],
    ['connection', 'retry', 'retry'],
  ] as const)('after %s the older text says %s, the newer %s', (answer, legacy, current) => {
    expect(verdict(answer, 'legacy')).toBe(legacy);
    expect(verdict(answer, 'current')).toBe(current);
  });
});
