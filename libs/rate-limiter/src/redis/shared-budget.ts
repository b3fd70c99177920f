import { Redis } from 'ioredis';
import { Ask } from '../budget/exchange';
import { Reply } from '../budget/reply';
import { Rules } from '../budget/rules';
import { commandTimeoutMs, connect, readyWithin, RedisSource } from './connection';
import { inTime } from './in-time';
import { limiterScript, Script } from './script';
import { decodeReply, encodeAsk } from './wire';

export interface SharedBudgetOptions {
  readonly source: RedisSource;
  /** What is limited, e.g. `sitoo/acme/nor`. All processes with the same name share one budget. */
  readonly name: string;
  readonly proc: string;
  readonly rules: Rules;
  /** Something was given to this process: exchange now. */
  readonly onWake: () => void;
  /** This key must not be called now. */
  readonly onStop: (key: string) => void;
  readonly script?: Script;
}

const keepProbeMs = 60_000;

/** The budget in Redis: one key, one script, and a channel per process for wake-ups. Every command fails fast. */
export class SharedBudget {
  private readonly commands: Redis;
  private readonly wakeUps: Redis;
  private readonly prefix: string;
  private readonly rulesText: string;
  private readonly script: Script;

  constructor(private readonly options: SharedBudgetOptions) {
    // The braces make Redis Cluster keep all keys of one budget together.
    this.prefix = `limiter:{${options.name.replace(/[{}]/g, '_')}}:`;
    this.rulesText = JSON.stringify(options.rules);
    this.script = options.script ?? limiterScript;
    this.commands = connect(options.source);
    this.wakeUps = connect(options.source);
    this.listen();
  }

  ready(limitMs: number): Promise<void> {
    return readyWithin(this.commands, limitMs);
  }

  /** Rejects after 250 ms at the latest. The exchange may have happened nevertheless; asking again is safe. */
  async exchange(ask: Ask): Promise<Reply> {
    const args = [`${this.prefix}budget-v1`, this.rulesText, encodeAsk(ask), `${this.prefix}wake:`];
    return decodeReply(await inTime(this.evaluate(args), commandTimeoutMs));
  }

  /** Whether Redis answers in time and accepts writes. */
  async probe(): Promise<boolean> {
    try {
      const written = this.commands.set(`${this.prefix}probe`, this.options.proc, 'PX', keepProbeMs);
      return (await inTime(written, commandTimeoutMs)) === 'OK';
    } catch {
      return false;
    }
  }

  /** Gives the connection up and makes a new one: a peer that vanished without a word would be waited for until the system notices. */
  reconnect(): void {
    this.commands.disconnect(true);
  }

  close(): void {
    this.commands.disconnect();
    this.wakeUps.disconnect();
  }

  private async evaluate(args: string[]): Promise<unknown> {
    try {
      return await this.commands.evalsha(this.script.sha, 1, ...args);
    } catch (error) {
      if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
      return this.commands.eval(this.script.text, 1, ...args);
    }
  }

  private listen(): void {
    const mine = `${this.prefix}wake:${this.options.proc}`;
    const stops = `${this.prefix}wake:stop`;
    this.wakeUps.once('ready', () => void this.wakeUps.subscribe(mine, stops).catch(() => undefined)); // ioredis renews it by itself
    this.wakeUps.on('message', (channel: string, text: string) => (channel === stops ? this.stopped(text) : this.options.onWake()));
  }

  /** `<process> <key>`; the process that reported the answer has stopped by itself. */
  private stopped(text: string): void {
    const [proc, key] = text.split(' ');
    if (key && proc !== this.options.proc) this.options.onStop(key);
  }
}
