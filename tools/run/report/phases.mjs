import { stdout } from 'node:process';

/** Seconds as people read them: `0.4 s`, `28 s`, `3 min 20 s`. */
export function seconds(ms) {
  if (ms < 9_950) return `${(ms / 1000).toFixed(1)} s`;
  const whole = Math.round(ms / 1000);
  return whole < 120 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** The phases of a command: each announces itself, and the times of all are told in one line at the end. */
export class Phases {
  done = [];
  startedAt = performance.now();

  /** @param {(text: string) => unknown} write */
  constructor(write = (text) => stdout.write(text)) {
    this.write = write;
  }

  /** Runs one phase; its result is the phase's. `work` gets a function that tells progress. */
  async run(name, work) {
    const startedAt = performance.now();
    this.line(`▸ ${name}`);
    try {
      return await work((text) => this.line(`    ${text}`));
    } finally {
      const ms = performance.now() - startedAt;
      this.done.push({ name, ms });
      this.line(`  ${name}: ${seconds(ms)}`);
    }
  }

  line(text) {
    this.write(`${text}\n`);
  }

  /** `dependencies 28 s, infrastructure 2.4 s, …; 45 s in all`. */
  summary() {
    return `${this.done.map(({ name, ms }) => `${name} ${seconds(ms)}`).join(', ')}; ${seconds(performance.now() - this.startedAt)} in all`;
  }
}
