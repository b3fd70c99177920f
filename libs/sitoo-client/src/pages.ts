import { AnswerMismatch, isRecord, type Decode } from '@connector/platform';

/** Sitoo's envelope of every collection; `totalcount` counts matches, not returned rows. */
export interface Page<T> {
  totalcount: number;
  items: T[];
}

/** A page in which every row passes `isRow`. */
export function pageOf<T>(isRow: (value: unknown) => value is T): Decode<Page<T>> {
  return (data) => {
    if (!isRecord(data) || !Array.isArray(data['items'])) throw new AnswerMismatch('items is no list');
    const { totalcount, items } = data;
    if (typeof totalcount !== 'number' || !Number.isInteger(totalcount)) throw new AnswerMismatch('totalcount is no whole number');
    const rows = Array.isArray(items) ? items : [];
    const wrong = rows.findIndex((row) => !isRow(row));
    if (wrong >= 0) throw new AnswerMismatch(`items[${wrong}] is not as documented`);
    return { totalcount, items: rows.filter(isRow) };
  };
}
