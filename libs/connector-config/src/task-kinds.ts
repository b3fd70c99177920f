/** What becomes of a firing that could not go out in its minute: nobody led, or the run before was still going. */
export type CatchUp = 'skip' | 'once';

/** A kind of scheduled task that the connector knows, by its `implementationType`. */
export interface TaskKind {
  implementationType: string;
  /** Who publishes the name. */
  owner: 'Omnium' | 'connector';
  /** The task's name in `sync.task.requested`. */
  task: string;
  /** How much of the task this kind always asks for. */
  scope?: string;
  /** Scopes that the property `Scope` may name. */
  scopes: readonly string[];
  catchUp: CatchUp;
  /** The service that does it; undefined: none does yet, so it never fires. */
  executor?: string;
  meaning: string;
}

export const TASK_KINDS: readonly TaskKind[] = [
  {
    implementationType: 'SitooProductExporterScheduledTask',
    owner: 'Omnium',
    task: 'product-export',
    scopes: [],
    // A late delta still exports what changed.
    catchUp: 'once',
    meaning: 'Changed products to Sitoo.',
  },
  {
    implementationType: 'SitooFullProductExportScheduledTask',
    owner: 'Omnium',
    task: 'product-export',
    scope: 'full',
    scopes: [],
    // Hours of calls: one that missed its night must not begin in the middle of the day.
    catchUp: 'skip',
    meaning: 'All products to Sitoo.',
  },
  {
    implementationType: 'OrderReconciliationScheduledTask',
    owner: 'connector',
    task: 'order-reconciliation',
    scopes: ['sweep'],
    catchUp: 'once',
    executor: 'order-sync',
    meaning: "Looks for receipts that no event announced: a market's new orders; with `Scope` `sweep` also the last three days again.",
  },
  {
    implementationType: 'WebOrderReconciliationScheduledTask',
    owner: 'connector',
    task: 'web-order-reconciliation',
    scopes: [],
    catchUp: 'once',
    executor: 'order-sync',
    meaning: 'Looks for orders of Omnium that no event announced.',
  },
  {
    implementationType: 'TradingDayProofScheduledTask',
    owner: 'connector',
    task: 'trading-day-proof',
    scopes: [],
    catchUp: 'once',
    meaning: "Compares each register's day with what Omnium holds.",
  },
];

export function findTaskKind(implementationType: string): TaskKind | undefined {
  return TASK_KINDS.find((kind) => kind.implementationType === implementationType);
}
