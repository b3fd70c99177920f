import { callServer } from '@connector/testing';
import { performance } from 'node:perf_hooks';
import { random } from '../stats';
import { Contender, ContenderName, openContender } from './contender';
import { Session } from './orders';

/** One session of calls through one limiter, until it is ended. */
export class Calling {
  private readonly contender: Contender;
  private readonly waitsMs: number[] = [];
  private ended = false;

  constructor(
    who: ContenderName,
    private readonly session: Session,
  ) {
    this.contender = openContender(who, session.setup);
    if (session.everyMs > 0) void this.nowAndThen();
    else for (let i = 0; i < session.callers; i++) void this.greedy();
  }

  /** What was measured so far. The calls stop; those in flight come to their end by themselves. */
  end(): { waitsMs: number[]; figures: Record<string, number> } {
    this.ended = true;
    const figures = this.contender.figures();
    void this.contender.close().catch(() => undefined);
    return { waitsMs: this.waitsMs, figures };
  }

  private async greedy(): Promise<void> {
    while (!this.ended) await this.call();
  }

  /** Open loop: the next call starts on time whether or not the last one got through. */
  private async nowAndThen(): Promise<void> {
    const next = random(this.session.seed);
    while (!this.ended) {
      await new Promise((resolve) => setTimeout(resolve, this.session.everyMs * (0.5 + next())));
      void this.call();
    }
  }

  private async call(): Promise<void> {
    const { session } = this;
    const asked = performance.now();
    try {
      const pass = await this.contender.enter(session.class);
      this.waitsMs.push(performance.now() - asked);
      await pass.leave(await callServer(session.port, session.worker, pass.key, session.takesMs));
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 10)); // the limiter was closed under the caller
    }
  }
}
