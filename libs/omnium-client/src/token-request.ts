import { AnswerMismatch, CallError, isRecord, type Decode, type HttpSeam } from '@connector/platform';

/** A token as the calls carry it. */
export interface Token {
  /** Value of the `Authorization` header. */
  authorisation: string;
  /** ms since the epoch */
  endsAt: number;
}

export interface Credentials {
  clientId: string;
  clientSecret: string;
}

/** Documented life of a token, for an answer that does not say it. */
const DEFAULT_LIFE_SECONDS = 864_000;

/**
 * Asks Omnium for a token. The credentials travel in the address of the call, which therefore appears in no error, event or log.
 * @throws CallError `OMNIUM_UNAUTHORISED` when the credentials are refused
 */
export async function requestToken(seam: HttpSeam, { clientId, clientSecret }: Credentials, now: () => number): Promise<Token> {
  const askedAt = now();
  const { data } = await seam
    .call({
      operation: 'token.create',
      method: 'POST',
      path: '/api/Token',
      query: { clientId, clientSecret, returnAsJson: true },
      class: 'till',
      safeToRepeat: true,
      writes: false,
      decode: tokenAnswer,
    })
    .catch(asUnauthorised);
  return { authorisation: `Bearer ${data.accessToken}`, endsAt: askedAt + data.expiresIn * 1_000 };
}

const tokenAnswer: Decode<{ accessToken: string; expiresIn: number }> = (data) => {
  const accessToken = isRecord(data) ? data['accessToken'] : undefined;
  if (!isRecord(data) || typeof accessToken !== 'string' || accessToken === '') throw new AnswerMismatch('no accessToken');
  const expiresIn = data['expiresIn'];
  return { accessToken, expiresIn: typeof expiresIn === 'number' && expiresIn > 0 ? expiresIn : DEFAULT_LIFE_SECONDS };
};

/** A 400 of the token call is about the credentials; there is nothing else in it that could be wrong. */
function asUnauthorised(error: unknown): never {
  if (!(error instanceof CallError) || error.failure !== 'REJECTED') throw error;
  throw new CallError('omnium', error.operation, 'UNAUTHORISED', 'credentials refused', { retryable: false, status: error.status });
}
