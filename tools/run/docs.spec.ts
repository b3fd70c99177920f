import { contracts, type Retention } from '@connector/contracts';
import { rungs } from '@connector/event-bus';
import { commonSettings, type Setting } from '@connector/platform';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { apps, portVariable } from './processes.mjs';

/**
 * The documents against the code: tables, names of metrics and log events, commands, links. `UPDATE_DOCS=1 nx run run:test --skip-nx-cache`
 * writes the generated tables anew.
 */
const root = join(__dirname, '../..');
const documents = ['README.md', ...globSync('docs/**/*.md', { cwd: root })];
const architecture = 'docs/architecture.md';
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const all = documents.map(read).join('\n');
/** Everything that runs, as one text. */
const code = globSync(['apps/*/src/**/*.ts', 'libs/*/src/**/*.ts', 'tools/*/src/**/*.ts', 'tools/run/**/*.mjs'], { cwd: root })
  .filter((file) => !file.endsWith('.spec.ts'))
  .map(read)
  .join('\n');

/** `<!-- name -->`, a body, `<!-- /name -->`; the closing mark has the first word of the name. */
function marks(name: string): RegExp {
  return new RegExp(`(<!-- ${name} -->\\n)([^]*?)(<!-- /${name.split(':')[0]} -->)`);
}

const section = (name: string): string => marks(name).exec(read(architecture))?.[2]?.trim() ?? '';

function update(name: string, body: string): void {
  const text = read(architecture).replace(marks(name), (_, start: string, _old, end: string) => `${start}\n${body}\n\n${end}`);
  writeFileSync(join(root, architecture), text);
}

const kept = (retention: Retention) => (retention.kind === 'compacted' ? 'newest per key, for ever' : `${retention.ms / 86_400_000} days`);

test('the table of topics names every topic, in order, and how long it is kept', () => {
  const rows = section('topics').split('\n').slice(2);
  const documented = rows
    .map((row) =>
      row
        .replaceAll('\\|', '')
        .split('|')
        .map((cell) => cell.trim()),
    )
    .map(([, topic, , how]) => [topic, how]);
  const topics = [...contracts, ...rungs.map(({ contract }) => contract)];
  expect(documented).toEqual(topics.map(({ topic, retention }) => [`\`${topic}\``, kept(retention)]));
});

describe('the tables of settings', () => {
  const settingsOf = (app: string): Record<string, Setting<unknown>> =>
    jest.requireActual(join(root, 'apps', app, 'src/config.ts')).settings;
  const own = (app: string) => Object.entries(settingsOf(app)).filter(([name]) => !(name in commonSettings));
  const tables = [['common', Object.entries(commonSettings)], ...apps.map(({ name }) => [name, own(name)])] as [
    string,
    [string, Setting<unknown>][],
  ][];

  it.each(tables)('say what the code says: %s', (app, settings) => {
    const rows = settings.map(([, setting]) => `| \`${setting.env}\` | ${defaultOf(setting)} | ${setting.why} |`);
    const table = ['| Variable | Default | What it is |', '| --- | --- | --- |', ...rows].join('\n');
    if (process.env['UPDATE_DOCS']) update(`settings: ${app}`, table);
    expect(section(`settings: ${app}`)).toBe(table);
  });

  function defaultOf(setting: Setting<unknown>): string {
    const standard = 'default' in setting ? (setting.default === '' ? 'none' : `\`${String(setting.default)}\``) : '**required**';
    return setting.secret ? `${standard}, secret` : standard;
  }
});

describe('names in the documents exist in the code', () => {
  const quoted = [...new Set([...all.matchAll(/`([^`\n]+)`/g)].map(([, text]) => text ?? ''))];

  it('metrics', () => {
    const metrics = quoted
      .map((text) => text.replace(/\{.*\}$/, ''))
      .filter((text) => /^(consumer|gateway|publisher|sink|ratelimit|order|parked|reconciliation|receipt|schedule)_[a-z_]+$/.test(text));
    expect(metrics.length).toBeGreaterThan(10);
    expect(metrics.filter((name) => !code.includes(`'${name}'`))).toEqual([]);
  });

  it('log events', () => {
    const owners = 'app|circuit|configuration|consumer|flow|gateway|limiter|market|order|publisher|reconciliation|schedule|settings';
    const events = quoted.filter((text) => new RegExp(`^(${owners})\\.[a-z-]+$`).test(text) && !text.endsWith('.ts'));
    expect(events.length).toBeGreaterThan(15);
    // The limiter's are made of its event types.
    const names = (event: string) => [`'${event}'`, ...(event.startsWith('limiter.') ? [`type: '${event.slice('limiter.'.length)}'`] : [])];
    expect(events.filter((event) => !names(event).some((name) => code.includes(name)))).toEqual([]);
  });

  it('reason codes', () => {
    const codes = quoted.filter((text) => /^[A-Z]+(_[A-Z]+)+$/.test(text));
    expect(codes.length).toBeGreaterThan(30);
    // Codes of calls are made of the platform and a failure, those of markets of their state, port variables of the app's name.
    const ports = apps.flatMap((app) => app.ports.map((port) => portVariable(app.name, port)));
    const names = (one: string) => [one, `'${one.replace(/^(SITOO|OMNIUM)_/, '')}'`, `'${one.replace(/^MARKET_/, '').toLowerCase()}'`];
    expect(codes.filter((one) => !ports.includes(one) && !names(one).some((name) => code.includes(name)))).toEqual([]);
  });
});

test('every npm script in the documents exists', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const named = [...all.matchAll(/npm (?:run (?:-s )?([a-z:-]+)|(start|test)\b)/g)].map(([, script, short]) => script ?? short ?? '');
  expect(named.length).toBeGreaterThan(5);
  expect([...new Set(named)].filter((name) => !(name in scripts))).toEqual([]);
});

test('every link between the documents leads somewhere', () => {
  const broken = documents.flatMap((file) =>
    [...read(file).matchAll(/\]\((?!https?:)([^)#\s]+)[^)]*\)/g)]
      .map(([, target]) => target ?? '')
      .filter((target) => !existsSync(join(root, dirname(file), target)))
      .map((target) => `${file}: ${target}`),
  );
  expect(broken).toEqual([]);
});
