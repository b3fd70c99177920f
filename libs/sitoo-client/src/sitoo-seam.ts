import { CallError, type CallClass, type CallPass, type CallSpec, type HttpSeam } from '@connector/platform';
import { pageOf, type Page } from './pages';

/** How urgent a read is and how it can be called off. */
export interface ReadOptions {
  /** Default `sale`. */
  class?: CallClass;
  signal?: AbortSignal;
  /** A pass of this client's gate that was taken before; the first call uses it. */
  pass?: () => CallPass | undefined;
}

/** Page size of collections; the maximum is not documented, 1000 is in use and 500 for orders. */
const PAGE_ROWS = 1_000;

interface Collection<T, K> {
  operation: string;
  path: string;
  query?: CallSpec<T>['query'];
  isRow: (value: unknown) => value is T;
  idOf: (row: T) => K;
  /** More matches than this mean that a filter was ignored. */
  atMost?: number;
}

/** Shared by the resources: reading pages over the seam. */
export class SitooReader {
  constructor(private readonly seam: HttpSeam) {}

  async get<T>(
    spec: Pick<CallSpec<T>, 'operation' | 'path' | 'query' | 'decode'>,
    { class: urgency = 'sale', signal, pass }: ReadOptions,
  ): Promise<T> {
    const { data } = await this.seam.call({ ...spec, method: 'GET', class: urgency, safeToRepeat: true, signal, pass });
    return data;
  }

  /**
   * All rows of a collection, read page by page. Rows are counted against `totalcount`, since offset paging over changing data can skip
   * or repeat rows; a difference is `SITOO_BAD_ANSWER`, which another read cures.
   */
  async all<T, K>(collection: Collection<T, K>, options: ReadOptions): Promise<Map<K, T>> {
    const { operation, path, query, isRow, idOf, atMost = Number.POSITIVE_INFINITY } = collection;
    const rows = new Map<K, T>();
    for (let start = 0; ;) {
      const page: Page<T> = await this.get({ operation, path, query: { num: PAGE_ROWS, ...query, start }, decode: pageOf(isRow) }, options);
      if (page.totalcount > atMost) throw badAnswer(operation, `totalcount ${page.totalcount} where at most ${atMost} can match`);
      for (const row of page.items) rows.set(idOf(row), row);
      start += page.items.length;
      if (page.items.length === 0 || start >= page.totalcount) {
        if (rows.size !== page.totalcount)
          throw badAnswer(operation, `${rows.size} different rows where totalcount says ${page.totalcount}`);
        return rows;
      }
    }
  }
}

/** An answer that is well-formed and still cannot be right. */
export function badAnswer(operation: string, sentence: string): CallError {
  return new CallError('sitoo', operation, 'BAD_ANSWER', sentence, { retryable: true });
}
