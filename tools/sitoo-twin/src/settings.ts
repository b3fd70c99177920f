import { Ajv, type JSONSchemaType } from 'ajv';
import { BadInput } from './bad-input';

/** Form of the `Authorization` header made from `api_token` T: A `Basic T`, B `Basic base64(sitoo:T)`, C `Basic base64(T)`, D `Bearer T`. */
export type AuthForm = 'A' | 'B' | 'C' | 'D' | 'bare' | 'none';

/** How this stand-in behaves; every value can be changed while it runs (`PUT /_twin/settings`). */
export interface TwinSettings {
  /** Time each API call takes, in milliseconds. Not scaled. */
  latencyMs: number;
  /** Whose calls exclude each other: Sitoo does not say whether the key or the account is the scope. */
  concurrencyScope: 'key' | 'account';
  /** Calls in flight per scope before "Too many connections". */
  maxInFlight: number;
  /** Calls per second and scope, in fixed one-second slots; 0 = no limit. Sitoo's real figure is not published. */
  ratePerSecond: number;
  /** Multiplies the event sender's deadline and retry delays: 1 as documented, 0.001 a day in 86 s. */
  timeScale: number;
  /** Seconds a receiver has to answer, before scaling. */
  responseDeadlineSeconds: number;
  authForm: AuthForm;
  /** Which of Sitoo's two published status tables holds. */
  statusMode: 'legacy' | 'current';
  /** Chance that an accepted batch is sent once more. */
  duplicateProbability: number;
  /** Every event is sent this many times. */
  repeat: number;
  /** Waiting events leave in random order instead of oldest first. */
  shuffle: boolean;
  /** Orders pushed from now on are missing from their first n reads, as if the read side lagged behind the event. */
  unreadableFirstReads: number;
  /** Whether a full delivery closes the order by itself: Sitoo does not say; the careful caller re-reads and closes (orders-and-customers section 10). */
  closesOnFullDelivery: boolean;
  /** What becomes of a booking once it is sold: closed (10) or cancelled (20), Sitoo does not say which (orders-and-customers section 18). */
  soldBookingState: 10 | 20;
  /** Whether writes through the API come back as events: assumed, not documented (events-spi section 8). */
  echoesApiWrites: boolean;
  /** Seed of the sender's dice, so that a run can be repeated. */
  randomSeed: number;
}

export const DEFAULT_SETTINGS: Readonly<TwinSettings> = {
  latencyMs: 25,
  concurrencyScope: 'key',
  maxInFlight: 1,
  ratePerSecond: 0,
  timeScale: 1,
  responseDeadlineSeconds: 15,
  authForm: 'A',
  statusMode: 'current',
  duplicateProbability: 0,
  repeat: 1,
  shuffle: false,
  unreadableFirstReads: 0,
  closesOnFullDelivery: false,
  soldBookingState: 10,
  echoesApiWrites: true,
  randomSeed: 1,
};

/** JSON schema of a partial set of settings. */
export const settingsSchema: JSONSchemaType<Partial<TwinSettings>> = {
  type: 'object',
  additionalProperties: false,
  properties: {
    latencyMs: { type: 'number', minimum: 0, nullable: true },
    concurrencyScope: { type: 'string', enum: ['key', 'account'], nullable: true },
    maxInFlight: { type: 'integer', minimum: 1, nullable: true },
    ratePerSecond: { type: 'integer', minimum: 0, nullable: true },
    timeScale: { type: 'number', exclusiveMinimum: 0, nullable: true },
    responseDeadlineSeconds: { type: 'number', exclusiveMinimum: 0, nullable: true },
    authForm: { type: 'string', enum: ['A', 'B', 'C', 'D', 'bare', 'none'], nullable: true },
    statusMode: { type: 'string', enum: ['legacy', 'current'], nullable: true },
    duplicateProbability: { type: 'number', minimum: 0, maximum: 1, nullable: true },
    repeat: { type: 'integer', minimum: 1, nullable: true },
    shuffle: { type: 'boolean', nullable: true },
    unreadableFirstReads: { type: 'integer', minimum: 0, nullable: true },
    closesOnFullDelivery: { type: 'boolean', nullable: true },
    soldBookingState: { type: 'integer', enum: [10, 20], nullable: true },
    echoesApiWrites: { type: 'boolean', nullable: true },
    randomSeed: { type: 'integer', nullable: true },
  },
  required: [],
};

const isSettings = new Ajv({ allErrors: true }).compile(settingsSchema);

/** Reads a partial set of settings. Throws {@link BadInput} with every problem found. */
export function readSettings(value: unknown): Partial<TwinSettings> {
  if (isSettings(value)) return value;
  throw new BadInput(`settings: ${(isSettings.errors ?? []).map((error) => `${error.instancePath || '/'} ${error.message}`).join('; ')}`);
}
