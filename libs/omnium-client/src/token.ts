import { AnswerMismatch, CallError, isRecord, type Decode, type HttpSeam } from '@connector/platform';

export interface TokenSettings {
  clientId: string;
  clientSecret: string;
  /** A token is renewed this long before it ends, ms. Never more than a tenth of its life, or a short-lived one would be renewed at every call. */
  marginMs: number;
  /** ms since the epoch */
  now: () => number;
}

interface Token {
  authorisation: string;
  renewAt: number;
  endsAt: number;
}

/** After a failed early renewal the old token serves on, and the next attempt waits this long. */
const RENEWAL_PAUSE_MS = 60_000;
/** Documented life of a token, for an answer that does not say it. */
const DEFAULT_LIFE_SECONDS = 864_000;

/**
 * Omnium's access token: fetched once for all who wait, renewed before its ten days are over while the old one still serves, dropped
 * when it was refused. The credentials travel in the address of the call, which therefore appears in no error, event or log.
 */
export class TokenSource {
  #token: Token | undefined;
  #fetching: Promise<Token> | undefined;

  constructor(
    private readonly seam: HttpSeam,
    private readonly settings: TokenSettings,
  ) {}

  /** The value of the `Authorization` header. @throws CallError `OMNIUM_UNAUTHORISED` when the credentials are refused */
  async authorisation(): Promise<string> {
    const token = this.#token;
    const now = this.settings.now();
    if (token === undefined || token.endsAt <= now) return (await this.#fetch()).authorisation;
    if (token.renewAt <= now) {
      token.renewAt = now + RENEWAL_PAUSE_MS;
      // The caller has a good token already; a failed renewal shows in the call event and is tried again.
      this.#fetch().catch(() => undefined);
    }
    return token.authorisation;
  }

  /** Forgets a token that answered 401, unless somebody renewed it in the meantime. */
  drop(authorisation: string): void {
    if (this.#token?.authorisation === authorisation) this.#token = undefined;
  }

  #fetch(): Promise<Token> {
    this.#fetching ??= this.#request()
      .then((token) => (this.#token = token))
      .finally(() => (this.#fetching = undefined));
    return this.#fetching;
  }

  async #request(): Promise<Token> {
    const { clientId, clientSecret, marginMs, now } = this.settings;
    const askedAt = now();
    const { data } = await this.seam
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
    const lifeMs = data.expiresIn * 1000;
    const endsAt = askedAt + lifeMs;
    return { authorisation: `Bearer ${data.accessToken}`, endsAt, renewAt: endsAt - Math.min(marginMs, lifeMs / 10) };
  }
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
