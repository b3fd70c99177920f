export const invariants = ['I1', 'I2', 'I3', 'I4', 'I6', 'I7', 'I8', 'I9', 'I11', 'I12'] as const;

export type Invariant = (typeof invariants)[number];

export interface Violation {
  invariant: Invariant;
  message: string;
  /** Ms since the start of the run, where one moment can be named. */
  at?: number;
}
