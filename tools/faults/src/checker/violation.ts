/** I: of any work of the bus and the limiter; D: of a trading day at its end. */
export const invariants = ['I1', 'I2', 'I3', 'I4', 'I6', 'I7', 'I8', 'I9', 'I11', 'I12', 'D1', 'D2', 'D3', 'D4', 'D5', 'D6'] as const;

export type Invariant = (typeof invariants)[number];

export interface Violation {
  invariant: Invariant;
  message: string;
  /** Ms since the start of the run, where one moment can be named. */
  at?: number;
}
