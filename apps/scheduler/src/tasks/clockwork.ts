import { formatFiring } from '@connector/contracts';
import type { Checkpoints, KafkaPublisher } from '@connector/event-bus';
import { lineName, type Line } from './line';
import { plan, type Step } from './plan';
import { formatPosition, parsePosition, scheduleOf, type Position } from './position';
import { request } from './requests';
import type { Runs } from './runs';

export interface ClockworkParts {
  lines: () => readonly Line[];
  leading: () => boolean;
  checkpoints: Pick<Checkpoints, 'get' | 'save'>;
  publisher: Pick<KafkaPublisher, 'publish'>;
  runs: Pick<Runs, 'apply' | 'going'>;
  /** Told of everything that was fired or passed over, with how late it was, and of what failed. */
  report: (event: ClockworkEvent) => void;
  now?: () => number;
}

export type ClockworkEvent =
  { type: 'schedule.fired' | 'schedule.passed-over'; line: Line; minute: number; lateMs: number } | { type: 'schedule.failed'; line: Line };

/**
 * The leader's work: asks for what is due. A firing is `{task}@{minute}` whoever fires it, it is asked for before it is remembered, and the
 * services do each firing once; so a leader that dies in between loses nothing and doubles nothing.
 */
export class Clockwork {
  /** When the next firing of a line is due, as long as its position stays: spares a look at the calendar every second. */
  private readonly due = new Map<string, { until: number; at: number }>();
  private ticking: Promise<void> | undefined;
  private readonly now: () => number;

  constructor(private readonly parts: ClockworkParts) {
    this.now = parts.now ?? Date.now;
  }

  /** Looks at every line once; one look at a time. */
  tick(): Promise<void> {
    this.ticking ??= this.look().finally(() => (this.ticking = undefined));
    return this.ticking;
  }

  /** Resolves when nothing is under way. */
  async settle(): Promise<void> {
    await this.ticking;
  }

  private async look(): Promise<void> {
    for (const line of this.parts.lines()) {
      if (!this.parts.leading()) return;
      try {
        await this.one(line);
      } catch {
        // Kafka is away: the same firing again at the next tick.
        this.parts.report({ type: 'schedule.failed', line });
      }
    }
  }

  private async one(line: Line): Promise<void> {
    const schedule = scheduleOf(line);
    const position = parsePosition(this.parts.checkpoints.get(nameOf(line))?.position);
    if (position?.schedule !== schedule) return this.save(line, { until: this.now(), schedule });
    if (line.rest || this.now() < this.dueAt(line, position.until)) return;
    const going = this.parts.runs.going(lineName(line), this.now());
    const isHeldBack = (minute: number) => going !== undefined && going.firing !== formatFiring(line.task.id, minute);
    await this.act(line, plan(line.task, { until: position.until, isHeldBack }, this.now()), schedule);
  }

  private async act(line: Line, step: Step, schedule: string): Promise<void> {
    if (step.kind === 'wait') return;
    const { minute } = step;
    const at = this.now();
    if (step.kind === 'fire')
      await request({ ...line, firing: formatFiring(line.task.id, minute), by: 'schedule', at }, this.parts.publisher, this.parts.runs);
    await this.save(line, { until: minute, schedule });
    this.parts.report({ type: step.kind === 'fire' ? 'schedule.fired' : 'schedule.passed-over', line, minute, lateMs: at - minute });
  }

  private dueAt(line: Line, until: number): number {
    const name = `${nameOf(line)} ${scheduleOf(line)}`;
    const known = this.due.get(name);
    if (known?.until === until) return known.at;
    const at = line.task.schedule.next(1, until)[0] ?? Infinity;
    this.due.set(name, { until, at });
    return at;
  }

  private save(line: Line, position: Position): Promise<void> {
    return this.parts.checkpoints.save(nameOf(line), { position: formatPosition(position), at: this.now() });
  }
}

function nameOf(line: Line): string {
  return `firing/${lineName(line)}`;
}
