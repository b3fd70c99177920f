const trueDate = Date;

beforeEach(async () => {
  process.env['FAULTS_CLOCK_SHIFT_MS'] = '-600000';
  await jest.isolateModulesAsync(async () => void (await import('./shifted-clock')));
});

afterEach(() => {
  globalThis.Date = trueDate;
  delete process.env['FAULTS_CLOCK_SHIFT_MS'];
});

test('a process that loads it is off by the shift, however it asks for the time', () => {
  for (const now of [Date.now(), new Date().getTime(), Date.parse(Date())])
    expect(Math.abs(trueDate.now() - 600_000 - now)).toBeLessThan(5_000);
});

test('dates that are given stay what they are', () => {
  expect(new Date(1_000).toISOString()).toBe('1970-01-01T00:00:01.000Z');
  expect(new Date('2026-03-02T10:00:00Z')).toBeInstanceOf(Date);
  expect(Date.UTC(1970, 0, 1)).toBe(0);
});
