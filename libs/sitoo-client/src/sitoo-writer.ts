import { AnswerMismatch, type CallSpec, type Decode, type HttpSeam } from '@connector/platform';
import type { ReadOptions } from './sitoo-seam';

/** How urgent a write is and how it can be called off. */
export type WriteOptions = ReadOptions;

/** Shared by the resources: writes over the seam. */
export class SitooWriter {
  constructor(private readonly seam: HttpSeam) {}

  async send<T>(
    spec: Pick<CallSpec<T>, 'operation' | 'method' | 'path' | 'query' | 'body' | 'decode' | 'safeToRepeat'>,
    { class: urgency = 'sale', signal, pass }: WriteOptions,
  ): Promise<T> {
    const { data } = await this.seam.call({ ...spec, writes: true, class: urgency, signal, pass });
    return data;
  }
}

/** Changes answer `true`. */
export const trueAnswer: Decode<true> = (data) => {
  if (data === true) return true;
  throw new AnswerMismatch('the answer is not true');
};

/** What was added answers its id, a bare number. */
export const idAnswer: Decode<number> = (data) => {
  if (typeof data === 'number' && Number.isSafeInteger(data) && data > 0) return data;
  throw new AnswerMismatch('the answer is no id');
};
