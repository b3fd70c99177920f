import type { Operation, Parameter } from './document';
import type { Json, QueryInput } from './types';

/** Sorts the raw query by the operation's parameters: comma lists are split, single values unwrapped, repeats reported. */
export function readQuery(operation: Operation, input: QueryInput, caseInsensitive: boolean): { values: Json; problems: string[] } {
  const declared = operation.parameters.filter((parameter) => parameter.in === 'query');
  const fold = (name: string) => (caseInsensitive ? name.toLowerCase() : name);
  const values: Json = {};
  const problems: string[] = [];
  for (const [name, texts] of grouped(input)) {
    const parameter = declared.find((candidate) => fold(candidate.name) === fold(name));
    if (!parameter) problems.push(`unknown parameter '${name}'`);
    else {
      if (texts.length > 1 && !parameter.repeatable) problems.push(`parameter '${name}' is repeated; only the last value counts`);
      values[parameter.name] = shaped(parameter, texts);
    }
  }
  return { values, problems };
}

function shaped(parameter: Parameter, texts: string[]): string | string[] {
  if (parameter.repeatable) return texts;
  const last = texts.at(-1) ?? '';
  return parameter.commaSeparated ? last.split(',') : last;
}

function grouped(input: QueryInput): [string, string[]][] {
  if (input instanceof URLSearchParams) return [...new Set(input.keys())].map((name) => [name, input.getAll(name)]);
  return Object.entries(input).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, [value].flat()] satisfies [string, string[]]],
  );
}
