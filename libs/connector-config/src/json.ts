/** A JSON object as it came from a file. Values are looked at, never assumed. */
export interface JsonObject {
  [key: string]: unknown;
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The same object with known keys spelled the known way. Omnium's core pages print PascalCase keys and its plugin pages camelCase ones,
 * so keys are read in any case. Unknown keys and `null` values (an unset form field) are left out: the record itself is kept elsewhere.
 */
export function withKnownKeys(object: JsonObject, known: readonly string[]): { values: JsonObject; doubled: string[] } {
  const spelling = new Map(known.map((key) => [key.toLowerCase(), key]));
  const values: JsonObject = {};
  const doubled: string[] = [];
  for (const [key, value] of Object.entries(object)) {
    const name = spelling.get(key.toLowerCase());
    if (name === undefined || value === null) continue;
    if (name in values) doubled.push(name);
    values[name] = value;
  }
  return { values, doubled };
}
