/** Turns a parsed answer into what the caller works with, or throws `AnswerMismatch`. */
export type Decode<T> = (data: unknown) => T;

/** An answer that is not as documented. The message says where, never what: it becomes part of a loggable error. */
export class AnswerMismatch extends Error {
  override readonly name = 'AnswerMismatch';
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Keeps the answer as it is, for documents decoded elsewhere. */
export const asIs: Decode<unknown> = (data) => data;

/** For calls whose answer body means nothing; it is not even parsed. */
export const ignored: Decode<undefined> = () => undefined;

/** A list in which every row passes `isRow`. */
export function listOf<T>(isRow: (value: unknown) => value is T, what: string): Decode<T[]> {
  return (data) => {
    if (!Array.isArray(data)) throw new AnswerMismatch(`${what} is no list`);
    const wrong = data.findIndex((row) => !isRow(row));
    if (wrong >= 0) throw new AnswerMismatch(`${what}[${wrong}] is not as documented`);
    return data.filter(isRow);
  };
}
