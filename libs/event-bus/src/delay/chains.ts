import type { Fact } from '@connector/contracts';
import type { Notice } from '../notices/envelope';
import { includesFacts, unionFacts } from '../notices/facts';
import type { Work } from '../flows/lanes';

interface Chain {
  id: string;
  attempt: number;
  facts: Fact[];
  dueAt: number;
}

/**
 * One chain of delayed tries per key. A fresh notice that fails while a delayed one is under way replaces it, with the union of facts and
 * without counting a try; the older record is dropped when it comes back. Memory of this process only: after a restart the headers of the
 * records tell what is needed, at the price of one harmless extra try.
 */
export class Chains {
  private readonly chains = new Map<string, Chain>();
  private serial = 0;

  constructor(private readonly epochMs: number) {}

  /** True when a newer delayed notice for this key is under way that carries everything this one does. */
  supersedes({ text, facts, meta }: Notice, now: number): boolean {
    const chain = this.chains.get(text);
    return (
      chain !== undefined && meta.chain !== undefined && meta.chain !== chain.id && chain.dueAt > now && includesFacts(chain.facts, facts)
    );
  }

  /**
   * Tries and facts of the work, joined with those of the delayed notice that is under way. While that one still waits, a failure now is
   * the same failure and not another try.
   */
  join(work: Work, now: number): { attempt: number; facts: Fact[] } {
    const chain = this.chains.get(work.text);
    if (!chain) return work;
    const attempt = chain.dueAt > now ? Math.max(chain.attempt - 1, 0) : Math.max(work.attempt, chain.attempt);
    return { attempt, facts: unionFacts(work.facts, chain.facts) };
  }

  begin(text: string, chain: { attempt: number; facts: Fact[]; dueAt: number }): string {
    this.serial += 1;
    const id = `${this.epochMs.toString(36)}-${this.serial.toString(36)}`;
    this.chains.set(text, { ...chain, id });
    return id;
  }

  end(text: string): void {
    this.chains.delete(text);
  }

  /** Forgets chains that were due long ago: another member has taken them over. */
  sweep(now: number, graceMs = 600_000): void {
    for (const [text, { dueAt }] of this.chains) if (dueAt + graceMs < now) this.chains.delete(text);
  }
}
