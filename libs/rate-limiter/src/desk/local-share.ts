import { Ask, exchange } from '../budget/exchange';
import { keyState } from '../budget/lanes';
import { open } from '../budget/open';
import { KeyView, Reply } from '../budget/reply';
import { Rules } from '../budget/rules';
import { State } from '../budget/state';

/**
 * This process's own small budget for the time Redis is away: the same rules over a share of the rate. It starts empty and with the
 * blocks and rates last heard, so going back and forth never gives a burst.
 */
export class LocalShare {
  private state: State | undefined;

  constructor(
    private readonly rules: Rules,
    /** Last known state of the keys, by fingerprint. */
    private readonly known: Readonly<Record<string, KeyView>>,
    /** Steady clock, µs. */
    private readonly now: () => number,
  ) {}

  exchange(ask: Ask): Reply {
    const now = this.now();
    this.state ??= this.begin(now, ask);
    const outcome = exchange(this.state, now, this.rules, ask);
    this.state = outcome.state;
    return outcome.reply;
  }

  /** Keys still blocked, in µs from now: the shared budget has to learn of them. */
  blocks(): { key: string; forUs: number }[] {
    const now = this.now();
    return Object.entries(this.state?.keys ?? {}).flatMap(([key, { blocked }]) => (blocked > now ? [{ key, forUs: blocked - now }] : []));
  }

  private begin(now: number, ask: Ask): State {
    const state = open(undefined, now, this.rules, ask);
    state.born = Math.floor(Math.random() * 1e15); // lease names must not meet another process's when Redis is back
    for (const [name, view] of Object.entries(this.known)) {
      const key = keyState(state, name);
      key.factor = Math.max(this.rules.floor, view.factorPpm / 1e6);
      key.blocked = view.blockedUs > 0 ? now + view.blockedUs : 0;
      key.bench = view.benchedUs > 0 ? now + view.benchedUs : 0;
    }
    return state;
  }
}
