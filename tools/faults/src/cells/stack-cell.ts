import type { Violation } from '../checker/violation';
import type { RunFolder } from '../run-tools';
import type { Target } from './cell';

/** A row of the fault matrix that needs the connector as it is, with both twins; only ours can be its subject. */
export interface StackCell {
  name: string;
  title: string;
  stack: true;
  targets?: Record<string, Target>;
  /** Plays the fault to its end and says what was wrong. */
  play(options: { run: RunFolder; seed: number }): Promise<{ figures: Record<string, number>; violations: Violation[] }>;
}
