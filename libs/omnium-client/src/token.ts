import type { Token } from './token-request';

export interface TokenSettings {
  /** A token is renewed this long before it ends, ms. Never more than a tenth of its life, or a short-lived one would be renewed at every call. */
  marginMs: number;
  /** ms since the epoch */
  now: () => number;
  /** A token that `suits`: shared with other processes, or a new one. */
  obtain: (suits: (token: Token) => boolean) => Promise<Token>;
}

interface Held extends Token {
  renewAt: number;
}

/** After a failed early renewal the old token serves on, and the next attempt waits this long. */
const RENEWAL_PAUSE_MS = 60_000;

/**
 * Omnium's access token in this process: obtained once for all who wait, renewed before its ten days are over while the old one still
 * serves, dropped when it was refused.
 */
export class TokenSource {
  #token: Held | undefined;
  #obtaining: Promise<Held> | undefined;
  /** The last one that answered 401: not taken from the store again. */
  #refused: string | undefined;

  constructor(private readonly settings: TokenSettings) {}

  /** The value of the `Authorization` header. @throws CallError `OMNIUM_UNAUTHORISED` when the credentials are refused */
  async authorisation(): Promise<string> {
    const token = this.#token;
    const now = this.settings.now();
    if (token === undefined || token.endsAt <= now) return (await this.#obtain()).authorisation;
    if (token.renewAt <= now) {
      token.renewAt = now + RENEWAL_PAUSE_MS;
      // The caller has a good token already; a failed renewal shows in the call event and is tried again.
      this.#obtain().catch(() => undefined);
    }
    return token.authorisation;
  }

  /** Forgets a token that answered 401, unless somebody renewed it in the meantime. */
  drop(authorisation: string): void {
    if (this.#token?.authorisation !== authorisation) return;
    this.#refused = authorisation;
    this.#token = undefined;
  }

  #obtain(): Promise<Held> {
    const held = this.#token;
    // A renewal wants a token that lasts longer than the one in hand; a process that has none takes any that still serves.
    const atLeast = held?.endsAt ?? this.settings.now();
    this.#obtaining ??= this.settings
      .obtain(({ authorisation, endsAt }) => authorisation !== this.#refused && endsAt > atLeast)
      .then((token) => (this.#token = this.#hold(token)))
      .finally(() => (this.#obtaining = undefined));
    return this.#obtaining;
  }

  #hold(token: Token): Held {
    const lifeMs = token.endsAt - this.settings.now();
    return { ...token, renewAt: token.endsAt - Math.min(this.settings.marginMs, lifeMs / 10) };
  }
}
