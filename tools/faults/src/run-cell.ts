import { countByInvariant } from './checker/check';
import { callsOf } from './checker/calls';
import type { Violation } from './checker/violation';
import type { Cell, Target } from './cells/cell';
import type { Cluster } from './cluster';
import { only, type Entry } from './histories/entry';
import { Scene } from './scene';
import type { Subject } from './subjects/subject';

export interface CellResult {
  cell: string;
  subject: string;
  seed: number;
  ok: boolean;
  figures: Record<string, number>;
  targets: Record<string, Target>;
  /** How often each invariant was broken; empty when none was. */
  broken: Record<string, number>;
  /** The first of them, in words. */
  examples: Violation[];
  history: string;
}

const examplesShown = 5;

export async function runCell(cluster: Cluster, cell: Cell, subject: Subject, seed: number): Promise<CellResult> {
  const { name, consumers, flow = {}, expect = {} } = cell;
  const started = performance.now();
  const scene = await Scene.start(cluster, { cell: name, subject, seed, consumers, flow, expect });
  let own: Record<string, number>;
  try {
    own = await cell.run(scene);
  } catch (error) {
    await scene.close();
    throw error;
  }
  const violations = await scene.finish();
  const figures = {
    ...figuresOf(scene.history.entries),
    crashes: crashesOf(scene),
    ...own,
    violations: violations.length,
    seconds: round((performance.now() - started) / 1_000),
  };
  const targets = { ...cell.targets, violations: { max: 0 } };
  return {
    cell: name,
    subject: subject.name,
    seed,
    ok: holds(figures, targets),
    figures,
    targets,
    broken: countByInvariant(violations),
    examples: violations.slice(0, examplesShown),
    history: scene.history.path ?? '',
  };
}

/** Whether every figure is within its bounds; a figure that is missing is not. */
export function holds(figures: Record<string, number>, targets: Record<string, Target>): boolean {
  return Object.entries(targets).every(([name, { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY }]) => {
    const value = figures[name] ?? Number.NaN;
    return value >= min && value <= max;
  });
}

function figuresOf(history: readonly Entry[]): Record<string, number> {
  const calls = callsOf(history);
  const answers = only(history, 'webhook.answered');
  const [end] = only(history, 'quiesced');
  return {
    events: only(history, 'event').length,
    requests: new Set(only(history, 'webhook.sent').map(({ request }) => request)).size,
    answered200: answers.filter(({ status }) => status === 200).length,
    answeredOtherwise: answers.filter(({ status }) => status !== 200).length,
    records: only(history, 'record').length,
    handled: calls.length,
    written: calls.filter(({ applied }) => applied).length,
    parked: only(history, 'parked').length,
    faults: only(history, 'fault').length,
    restAfterMs: end?.ms ?? -1,
    peakRssMb: Math.max(0, ...only(history, 'sample').map(({ rssMb }) => rssMb)),
  };
}

function crashesOf(scene: Scene): number {
  return scene.processes.all.reduce((sum, { crashes }) => sum + crashes, 0);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
