import type { FlowSettings } from '../processes';
import type { Expectation } from '../histories/entry';
import type { Scene } from '../scene';

/** Bounds of a figure; a cell is well when no invariant is broken and every figure is within its bounds. */
export interface Target {
  min?: number;
  max?: number;
}

/** One row of the fault matrix. */
export interface Cell {
  name: string;
  title: string;
  brokers: 1 | 3;
  consumers: number;
  /** Takes minutes, so `all` leaves it out; it is run by its name. */
  long?: true;
  flow?: Partial<FlowSettings>;
  expect?: Partial<Expectation>;
  targets?: Record<string, Target>;
  /** Why the naive reference cannot be its subject; left out when it can. */
  onlyOurs?: string;
  /** Plays the fault and waits for rest (`scene.settle`). The answer is added to the figures. */
  run(scene: Scene): Promise<Record<string, number>>;
}
