import type { Violation } from '../checker/violation';
import type { RunFolder } from '../run-tools';
import type { Target } from './cell';

/** A row of the fault matrix that brings what it needs, without a cluster for bus cells; the naive reference has nothing of the kind. */
export interface StackCell {
  name: string;
  title: string;
  stack: true;
  /** Takes minutes, so `all` leaves it out; it is run by its name, and has a shorter version for `--quick`. */
  long?: true;
  /** The connector as it is, with both twins; or the limiter alone, whose mutants it has to notice. */
  part: 'connector' | 'limiter';
  targets?: Record<string, Target>;
  /** Plays the fault to its end and says what was wrong. `preload` bends our code; see `subjects/mutants`. */
  play(options: {
    run: RunFolder;
    seed: number;
    preload?: string;
    /** At most three minutes. */
    quick: boolean;
  }): Promise<{ figures: Record<string, number>; violations: Violation[] }>;
}
