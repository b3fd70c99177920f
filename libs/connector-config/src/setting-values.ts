import { Layers } from './layers';

/** The text of a setting that must stand on one of the levels; undefined after its absence was reported. */
export function requiredText(layers: Layers, key: string): string | undefined {
  const found = layers.property(key);
  if (!found) {
    const setting = layers.settings.find((candidate) => candidate.key === key);
    layers.missing(
      'error',
      'SETTING_MISSING',
      `The property "${key}" is missing. ${plain(setting?.meaning ?? '')} Example: ${plain(setting?.example ?? '')}.`,
    );
  }
  return found?.text?.trim();
}

/** A whole number of 0 to 15 digits, at least `minimum`; `standard` when it stands nowhere; undefined after a fault was reported. */
export function wholeNumber(layers: Layers, key: string, minimum: number, standard?: number): number | undefined {
  if (standard !== undefined && !layers.property(key)) return standard;
  const text = requiredText(layers, key);
  if (text === undefined) return undefined;
  if (/^\d{1,15}$/.test(text) && Number(text) >= minimum) return Number(text);
  layers.property(key)?.report.error('SETTING_NOT_A_NUMBER', `"${key}" must be a whole number of at least ${minimum}, digits only.`);
  return undefined;
}

export function yesNo(layers: Layers, key: string, standard = false): boolean | undefined {
  const value = choice(layers, key, ['true', 'false'], standard ? 'true' : 'false');
  return value === undefined ? undefined : value === 'true';
}

/** One of the given words, in any case; the standard one when the setting stands nowhere. */
export function choice<T extends string>(layers: Layers, key: string, words: readonly T[], standard: T): T | undefined {
  const found = layers.property(key);
  if (!found) return standard;
  if (found.text === undefined) return undefined;
  const word = words.find((candidate) => candidate.toLowerCase() === found.text?.trim().toLowerCase());
  if (word === undefined) found.report.error('SETTING_NOT_A_CHOICE', `"${key}" must be one of ${words.join(', ')}.`);
  return word;
}

/** The values of all entries of a setting, those that are joined with `||` apart. */
export function listed(layers: Layers, key: string): string[] {
  const values = layers.all(key).flatMap(({ text }) => (text ?? '').split('||').map((value) => value.trim()));
  return values.filter((value) => value !== '');
}

/** IANA time zone, in the spelling of the time zone database. UTC with a warning when none is set. */
export function timeZone(layers: Layers): string | undefined {
  const found = layers.property('TimeZone');
  if (!found) {
    layers.missing(
      'warning',
      'TIME_ZONE_MISSING',
      'The property "TimeZone" is missing, so trading days are counted in UTC. Add it, such as Europe/Oslo.',
    );
    return 'UTC';
  }
  if (found.text === undefined) return undefined;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: found.text.trim() }).resolvedOptions().timeZone;
  } catch {
    found.report.error('TIME_ZONE_UNKNOWN', '"TimeZone" is not an IANA time zone. Write it as Europe/Oslo.');
    return undefined;
  }
}

/** Code marks are for the table in the documentation. */
function plain(text: string): string {
  return text.replaceAll('`', '');
}
