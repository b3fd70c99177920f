import { join } from 'node:path';
import { root } from '../run-tools';

/** An implementation that the cells are run against. */
export interface Subject {
  name: string;
  /** Entry points; `preload` is loaded before them and bends our own classes. */
  gateway: string;
  consumer: string;
  preload?: string;
  /** The group as Kafka knows it. */
  groupOf(group: string): string;
  /** Whether it keeps what it cannot read, and parks. */
  parks: boolean;
}

const built = (file: string) => join(root, 'tools/faults/dist/subjects', file);

const ours: Subject = {
  name: 'ours',
  gateway: join(root, 'apps/webhook-gateway/dist/main.js'),
  consumer: built('ours/consumer.js'),
  groupOf: (group) => group,
  parks: true,
};

const naive: Subject = {
  name: 'naive',
  gateway: built('naive/gateway.js'),
  consumer: built('naive/consumer.js'),
  // Nest adds this to every group id.
  groupOf: (group) => `${group}-server`,
  parks: false,
};

/** Planted faults in our own code, each with the cells that have to notice it. */
const busMutants = {
  'commit-before-apply': ['F7'],
  'autocommit-on': ['F7'],
  'concurrent-sends': ['F3'],
  'swallowed-error': ['F12'],
  'no-epochs': ['F8'],
  'facts-dropped': ['F14'],
  'from-latest': ['F7'],
} as const;

/** The same in the limiter, for the cells that play to it. */
const limiterMutants = {
  'local-clock': ['F19'],
  'fails-open': ['F18'],
} as const;

/** The same in what order-sync makes of receipts. */
const connectorMutants = {
  'refunds-not-redirected': ['trading-day'],
  'a-cent-off': ['trading-day'],
} as const;

export const mutants = { ...busMutants, ...limiterMutants, ...connectorMutants };

/** The part of the code that this subject has a fault in. */
export function partOf(subject: string): 'bus' | 'limiter' | 'connector' {
  const mutant = subject.replace(/^mutant:/, '');
  if (Object.hasOwn(connectorMutants, mutant)) return 'connector';
  return Object.hasOwn(limiterMutants, mutant) ? 'limiter' : 'bus';
}

export function subjectNamed(name: string): Subject {
  if (name === 'ours') return ours;
  if (name === 'naive') return naive;
  const mutant = name.replace(/^mutant:/, '');
  if (!Object.hasOwn(mutants, mutant))
    throw new Error(`there is no subject ${name}: ours, naive, mutant:${Object.keys(mutants).join(', mutant:')}`);
  return { ...ours, name: `mutant:${mutant}`, preload: built(`mutants/${mutant}.js`) };
}
