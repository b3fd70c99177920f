import type { FromSchema, JSONSchema } from 'json-schema-to-ts';

/** How long a topic keeps its records. */
export type Retention =
  /** Deleted after this many milliseconds. */
  | { kind: 'time'; ms: number }
  /** The newest record of every key is kept without a time limit. */
  | { kind: 'compacted' };

/**
 * One kind of record on Kafka. `name` is a past fact, the topic adds the version: `sitoo.order.changed` → `sitoo.order.changed.v1`.
 * Publishers and flows accept this object, never a string.
 */
export interface Contract<Schema extends JSONSchema = JSONSchema> {
  readonly name: string;
  readonly version: number;
  readonly topic: string;
  readonly schema: Schema;
  readonly retention: Retention;
  /** Only where the number of partitions is part of the meaning; else it is the installation's. */
  readonly partitions?: number;
}

/** The TypeScript shape of a contract's value, derived from its JSON Schema. */
export type ValueOf<C extends Contract> = FromSchema<C['schema']>;

export function defineContract<const Schema extends JSONSchema>(definition: {
  name: string;
  version: number;
  schema: Schema;
  retention: Retention;
  partitions?: number;
}): Contract<Schema> {
  return { ...definition, topic: `${definition.name}.v${definition.version}` };
}

const dayMs = 24 * 60 * 60 * 1000;

/** Work topics and the events nobody recognised: two weeks, long enough for holidays between failure and repair. */
export const workRetention: Retention = { kind: 'time', ms: 14 * dayMs };
