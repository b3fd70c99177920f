import { OMNIUM_PROPERTIES, RECORD_FIELDS, Setting, SITOO_PROPERTIES, SUBSCRIPTION_FIELDS } from './settings';
import { TASK_FIELDS, TASK_PROPERTIES } from './task-settings';
import { TASK_KINDS } from './task-kinds';

const OWNERS = { Omnium: "Omnium's", Sitoo: "Sitoo's", connector: 'ours' } as const;

/** The tables of docs/configuration.md, in Markdown. A spec compares them with the file, so that neither goes stale. */
export function settingsTables(): string {
  return [
    table('Fields of a connector record', RECORD_FIELDS),
    table('Properties of the `sitoo` record', SITOO_PROPERTIES),
    table('Properties of the `omnium` record', OMNIUM_PROPERTIES),
    table('Fields of `event-subscriptions.json`', SUBSCRIPTION_FIELDS),
    table('Fields of `scheduled-tasks.json`', TASK_FIELDS),
    table('Properties of a scheduled task', TASK_PROPERTIES),
    kinds(),
  ].join('\n\n');
}

function table(title: string, settings: readonly Setting[]): string {
  return [
    `### ${title}`,
    '',
    '| Key | Whose key | Default | Example | What it does |',
    '| --- | --- | --- | --- | --- |',
    ...settings.map(row),
  ].join('\n');
}

function kinds(): string {
  return [
    '### Types of scheduled tasks',
    '',
    '| `implementationType` | Whose name | `Scope` | `CatchUp` | Done by | What it does |',
    '| --- | --- | --- | --- | --- | --- |',
    ...TASK_KINDS.map(({ implementationType, owner, scopes, catchUp, executor, meaning }) => {
      const scope = scopes.map((one) => `\`${one}\``).join(', ');
      return `| \`${implementationType}\` | ${OWNERS[owner]} | ${scope} | \`${catchUp}\` | ${executor ?? 'nobody yet: shown, never fires'} | ${meaning} |`;
    }),
  ].join('\n');
}

function row(setting: Setting): string {
  const group = setting.keyGroup ? ` Also any key with \`keyGroup\` \`${setting.keyGroup}\`.` : '';
  const joined = setting.many ? ' Several entries, or values joined with `||`.' : '';
  const secret = setting.secret ? ' **Secret.**' : '';
  const standard = setting.ifMissing ?? `\`${setting.default ?? ''}\``;
  const cells = [
    `\`${setting.key}\``,
    OWNERS[setting.owner],
    standard,
    `\`${setting.example}\``,
    `${setting.meaning}${group}${joined}${secret}`,
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
