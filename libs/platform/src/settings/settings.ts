/**
 * What an app takes from its environment: one table per app. The start-up check, the types, the redacted summary and the table in the
 * docs all come from it.
 */
export interface Setting<T> {
  /** Name of the environment variable. */
  env: string;
  /** One line: what it is, with its unit and the reason for the default. */
  why: string;
  secret?: boolean;
  default?: T;
  /** Throws with what is expected, without repeating the value. */
  parse: (text: string) => T;
}

export type SettingsTable = Record<string, Setting<unknown>>;
export type SettingsOf<Table extends SettingsTable> = { [Name in keyof Table]: Table[Name] extends Setting<infer T> ? T : never };

/** Thrown once, with every problem in it. */
export class SettingsInvalid extends Error {
  readonly code = 'SETTINGS_INVALID';

  constructor(readonly problems: readonly string[]) {
    super(`The environment has ${problems.length} problem(s):\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  }
}

/** Reads all settings of the table; throws SettingsInvalid with all problems at once. */
export function readSettings<Table extends SettingsTable>(table: Table, env: Record<string, string | undefined>): SettingsOf<Table> {
  const problems: string[] = [];
  const values = Object.entries(table).map(([name, setting]) => [name, readOne(setting, env[setting.env], problems)]);
  if (problems.length > 0) throw new SettingsInvalid(problems);
  return Object.fromEntries(values) as SettingsOf<Table>;
}

function readOne(setting: Setting<unknown>, text: string | undefined, problems: string[]): unknown {
  if (text === undefined || text === '') {
    if (!('default' in setting)) problems.push(`${setting.env} is missing: ${setting.why}`);
    return setting.default;
  }
  try {
    return setting.parse(text);
  } catch (error) {
    problems.push(`${setting.env}: ${error instanceof Error ? error.message : 'cannot be read'}`);
    return undefined;
  }
}

/** What the settings are, for the log line at start: secrets are named and not shown. */
export function describeSettings<Table extends SettingsTable>(table: Table, values: SettingsOf<Table>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(table).map(([name, setting]) => [setting.env, setting.secret ? '[secret]' : values[name]]));
}
