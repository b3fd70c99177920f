import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '../..');

interface Probe {
  file: string;
  code: string;
}

/** Rule ids that fail for each probe. ESLint runs outside of Jest, whose module loader it cannot work in. */
function lint(probes: readonly Probe[]): string[][] {
  const script = `
    import { ESLint } from 'eslint';
    const eslint = new ESLint({ cwd: process.cwd() });
    const rules = [];
    for (const { file, code } of ${JSON.stringify(probes)}) {
      const [result] = await eslint.lintText(code, { filePath: file });
      rules.push(result.messages.filter(({ severity }) => severity === 2).map(({ ruleId, message }) => ruleId ?? message));
    }
    process.stdout.write('\\n' + JSON.stringify(rules));`;
  const { NODE_OPTIONS: _, ...env } = process.env;
  const output = execFileSync('node', ['--input-type=module', '--eval', script], {
    cwd: root,
    env: { ...env, NX_DAEMON: 'false' },
    encoding: 'utf8',
    maxBuffer: 16 * 1024 * 1024,
  });
  const rules: string[][] = JSON.parse(output.split('\n').at(-1) ?? '[]');
  return rules;
}

const use = (name: string) => `import * as imported from '${name}';\nexport const kept = imported;\n`;

const forbidden: [string, string, Probe][] = [
  [
    'the mapping must not know the event bus',
    '@nx/enforce-module-boundaries',
    { file: 'libs/mapping/src/probe.ts', code: use('@connector/event-bus') },
  ],
  [
    'contracts must not know the mapping',
    '@nx/enforce-module-boundaries',
    { file: 'libs/contracts/src/probe.ts', code: use('@connector/mapping') },
  ],
  [
    'an adapter must not know the mapping',
    '@nx/enforce-module-boundaries',
    { file: 'libs/omnium-client/src/probe.ts', code: use('@connector/mapping') },
  ],
  [
    'an app must not know another app',
    '@nx/enforce-module-boundaries',
    { file: 'apps/webhook-gateway/src/probe.ts', code: use('../../order-sync/src/main') },
  ],
  [
    'a file must not reach into another project by path',
    '@nx/enforce-module-boundaries',
    { file: 'apps/order-sync/src/probe.ts', code: use('../../../libs/mapping/src/index') },
  ],
  ['the platform must not know kafkajs', 'no-restricted-imports', { file: 'libs/platform/src/probe.ts', code: use('kafkajs') }],
  ['an app must not know kafkajs', 'no-restricted-imports', { file: 'apps/order-sync/src/probe.ts', code: use('kafkajs') }],
  ['the mapping must not read files', 'no-restricted-imports', { file: 'libs/mapping/src/probe.ts', code: use('node:fs') }],
  ['the mapping must not know kafkajs', 'no-restricted-imports', { file: 'libs/mapping/src/probe.ts', code: use('kafkajs') }],
  [
    'the mapping must not ask for the time',
    'no-restricted-properties',
    { file: 'libs/mapping/src/probe.ts', code: 'export const now = Date.now();\n' },
  ],
];

const allowed: [string, Probe][] = [
  ['the mapping knows the contracts', { file: 'libs/mapping/src/probe.ts', code: use('@connector/contracts') }],
  ['the event bus knows kafkajs', { file: 'libs/event-bus/src/probe.ts', code: use('kafkajs') }],
  ['an app knows the event bus', { file: 'apps/order-sync/src/probe.ts', code: use('@connector/event-bus') }],
  ['an app knows the mapping', { file: 'apps/order-sync/src/probe.ts', code: use('@connector/mapping') }],
];

describe('the direction of imports', () => {
  let failing: string[][] = [];

  beforeAll(() => {
    failing = lint([...forbidden.map(([, , probe]) => probe), ...allowed.map(([, probe]) => probe)]);
  }, 60_000);

  it.each(forbidden.map(([name, rule], index) => ({ name, rule, index })))('fails lint: $name', ({ rule, index }) => {
    expect(failing[index]).toEqual([rule]);
  });

  it.each(allowed.map(([name], index) => ({ name, index })))('passes lint: $name', ({ index }) => {
    expect(failing[forbidden.length + index]).toEqual([]);
  });
});
