import { startArguments, testArguments } from './arguments.mjs';
import { configurationLines } from './configuration-lines.mjs';
import { closingLine, excerpt, jestCounts, total } from './jest-results.mjs';
import { Phases, seconds } from './phases.mjs';
import { table } from './table.mjs';
import { webOrderProgress, webOrderRows } from './web-orders.mjs';

describe('the flags of npm start', () => {
  it('have defaults', () => {
    expect(startArguments([])).toEqual({ once: false, receipts: 240, seed: 1, rate: 12, webOrders: 6 });
  });

  it('are read', () => {
    expect(startArguments(['--once', '--receipts', '500', '--seed=7'])).toMatchObject({ once: true, receipts: 500, seed: 7 });
  });

  it.each([['many'], ['0'], ['1.5'], ['-3']])('refuse %s receipts and name the flag', (text) => {
    expect(() => startArguments([`--receipts=${text}`])).toThrow('--receipts needs a whole number');
  });

  it('refuse what they do not know', () => {
    expect(() => startArguments(['--receits', '5'])).toThrow('--receits');
    expect(() => testArguments(['--unti'])).toThrow('--unti');
  });
});

describe('the sum of jest results', () => {
  const test = (status: string, title: string) => ({
    status,
    title,
    ancestorTitles: ['a map'],
    failureMessages: status === 'failed' ? ['\u001b[31mexpected 1\u001b[39m\n    at run (/x/node_modules/jest/run.js:1:2)'] : [],
  });
  const file = (name: string, status: string, tests: object[], message = '') => ({ name, status, message, assertionResults: tests });

  it('counts cases and names the failed ones without colours', () => {
    const result = jestCounts({
      numPassedTests: 1,
      numFailedTests: 1,
      numPendingTests: 1,
      testResults: [file('a.spec.ts', 'failed', [test('passed', 'keeps totals'), test('failed', 'keeps ids'), test('pending', 'later')])],
    });
    expect(result).toMatchObject({ passed: 1, failed: 1, skipped: 1 });
    expect(result.failures).toEqual([{ name: expect.stringMatching(/a\.spec\.ts › a map › keeps ids$/), text: 'expected 1' }]);
  });

  it('counts a file that could not be loaded as one failure', () => {
    const broken = {
      numPassedTests: 0,
      numFailedTests: 0,
      numPendingTests: 0,
      testResults: [file('b.spec.ts', 'failed', [], 'Cannot find module')],
    };
    expect(jestCounts(broken)).toMatchObject({ passed: 0, failed: 1, failures: [{ text: 'Cannot find module' }] });
  });

  it('shows the beginning of a long failure', () => {
    const shown = excerpt(`${'x'.repeat(1000)}\n${'line\n'.repeat(100)}`).split('\n');
    expect([shown.length, shown[0]?.length, shown[1]]).toEqual([40, 304, '    line']);
  });

  it('closes with one plain line', () => {
    const phases = [
      { passed: 3, failed: 0, skipped: 0 },
      { passed: 2, failed: 1, skipped: 0 },
    ];
    expect(closingLine(total(phases))).toBe('5 passed, 1 failed');
    expect(closingLine({ passed: 5, failed: 0, skipped: 2 })).toBe('5 passed, 0 failed, 2 skipped');
  });
});

describe('a table', () => {
  it('puts numbers right, texts left, and leaves no blanks at the end of a line', () => {
    expect(
      table(
        ['phase', 'passed'],
        [
          ['lint', 0],
          ['test', 1204],
        ],
      ),
    ).toEqual(['phase  passed', '─────  ──────', 'lint        0', 'test     1204']);
  });

  it('cuts the last column to the width', () => {
    expect(table(['code', 'text'], [['A', 'x'.repeat(50)]], 20).at(-1)).toBe(`A     ${'x'.repeat(13)}…`);
  });
});

describe('the web orders in the table', () => {
  const order = (flow: string, ending: string, isOver = true) => ({ id: 'WEB', flow, ending, isOver, status: 'New' });

  it('are counted by flow, with how they ended and what still waits', () => {
    const orders = [
      order('click & collect', 'collected'),
      order('ship from store', 'sent'),
      order('click & collect', 'collected'),
      order('click & collect', 'refused by the store'),
      order('ship from store', 'sent', false),
    ];
    expect(webOrderRows(orders)).toEqual([
      ['web orders', 5, expect.any(String)],
      ['  click & collect', 3, '2 collected, 1 refused by the store'],
      ['  ship from store', 2, '1 sent, 1 not yet (New)'],
    ]);
    expect(webOrderProgress(orders)).toBe('web orders 4 of 5');
  });

  it('are left out when there are none', () => {
    expect([webOrderRows([]), webOrderProgress([])]).toEqual([[], '']);
  });
});

describe('phases', () => {
  it.each([
    [420, '0.4 s'],
    [9_960, '10 s'],
    [28_400, '28 s'],
    [200_000, '3 min 20 s'],
  ])('tell %d ms as %s', (ms, text) => {
    expect(seconds(ms)).toBe(text);
  });

  it('are told when they end, also when they fail', async () => {
    const lines: string[] = [];
    const phases = new Phases((text: string) => lines.push(text.trimEnd()));
    await phases.run('build', async (log: (text: string) => void) => log('half way'));
    await expect(phases.run('apps', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(lines).toEqual(['▸ build', '    half way', '  build: 0.0 s', '▸ apps', '  apps: 0.0 s']);
    expect(phases.summary()).toMatch(/^build 0\.0 s, apps 0\.0 s; 0\.\d s in all$/);
  });
});

describe('what the log says about the configuration', () => {
  it('is told with errors first, then the state of the markets; other lines are left out', () => {
    const log = [
      { level: 'warn', event: 'configuration.problem', file: 'a.json', path: '[0]', problem: 'few keys' },
      { level: 'error', event: 'configuration.problem', file: 'b.json', problem: 'no host' },
      { level: 'info', event: 'configuration.market', tenant: 'DevShop', market: 'NOR', state: 'invalid' },
      { level: 'info', event: 'app.started' },
    ].map((entry) => JSON.stringify(entry));
    expect(configurationLines([...log, '(node:1) a warning'].join('\n'))).toEqual([
      'error: b.json: no host',
      'warn: a.json [0]: few keys',
      'market DevShop/NOR: invalid',
    ]);
  });
});
