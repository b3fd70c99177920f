import { isRecord } from '@connector/platform';
import type { Token } from './token-request';

/**
 * Where all processes of a tenant keep one token. It may vanish or fail at any time: then every process fetches for itself. The text is a
 * secret, so an implementation encrypts it.
 */
export interface TokenStore {
  /** The text written last; undefined when there is none. */
  read(): Promise<string | undefined>;
  /** Keeps the text for at most `lifeMs`. */
  write(text: string, lifeMs: number): Promise<void>;
  /**
   * Makes this process the one that fetches, until it calls the answer or `forMs` have passed. Undefined: another process is at it.
   */
  lock(forMs: number): Promise<(() => Promise<void>) | undefined>;
}

/** A fetch with its repeats is over after this long, ms; a process that died meanwhile holds the others up no longer. */
const LOCK_MS = 20_000;
/** How often a process that waits for another one's token looks for it, ms. */
const LOOK_EVERY_MS = 250;

export interface SharedTokenParts {
  store: TokenStore;
  fetch: () => Promise<Token>;
  now: () => number;
  wait: (ms: number) => Promise<void>;
}

/** One token for all processes (requirement P20): taken from the store, or fetched by one of them and put there. */
export class SharedTokens {
  constructor(private readonly parts: SharedTokenParts) {}

  /** A token that is good enough for `suits`; waits while another process fetches one, and fetches when the store is of no help. */
  async obtain(suits: (token: Token) => boolean): Promise<Token> {
    const { store, fetch } = this.parts;
    for (let waitedMs = 0; waitedMs < LOCK_MS; waitedMs += LOOK_EVERY_MS) {
      const kept = await this.#kept(suits);
      if (kept) return kept;
      const lock = await store.lock(LOCK_MS).catch(() => 'store away' as const);
      if (lock === 'store away') return fetch();
      if (lock) return this.#fetchUnder(lock, suits);
      await this.parts.wait(LOOK_EVERY_MS);
    }
    return fetch();
  }

  async #fetchUnder(release: () => Promise<void>, suits: (token: Token) => boolean): Promise<Token> {
    try {
      // Somebody may have put a token there and gone between our look and our lock.
      return (await this.#kept(suits)) ?? (await this.#fetchAndKeep());
    } finally {
      // A lock that cannot be given back runs out by itself.
      await release().catch(() => undefined);
    }
  }

  async #fetchAndKeep(): Promise<Token> {
    const token = await this.parts.fetch();
    // Without the store the others fetch for themselves; this process has what it needs.
    await this.parts.store.write(JSON.stringify(token), token.endsAt - this.parts.now()).catch(() => undefined);
    return token;
  }

  async #kept(suits: (token: Token) => boolean): Promise<Token | undefined> {
    const token = decode(await this.parts.store.read().catch(() => undefined));
    return token && suits(token) ? token : undefined;
  }
}

/** Undefined for anything that is not a token of ours: it is replaced by a new one. */
function decode(text: string | undefined): Token | undefined {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (!isRecord(value)) return undefined;
    const { authorisation, endsAt } = value;
    return typeof authorisation === 'string' && typeof endsAt === 'number' ? { authorisation, endsAt } : undefined;
  } catch {
    return undefined;
  }
}
