import type { OmniumOrderWorkflowExecutionResult, OmniumOrderWorkflowStep } from '@connector/contracts';
import type { Order } from '../documents';
import { listOf } from '../documents';
import type { TenantSeed } from '../seed';
import type { Outbox } from '../webhooks/outbox';
import type { ConnectorSeed } from './connectors';

type StepResult = NonNullable<OmniumOrderWorkflowExecutionResult['orderActionExecutionResults']>[number];

const EXPORT = 'ExportOrder';

/** The steps that a status runs. `ExportOrder` posts the order to its connector; every other step only counts as done (configuration section 4). */
export class Workflows {
  /** Workflows run so far, by order id. */
  readonly runs: Record<string, number> = {};
  /** Exports by order id: sent to the connector, and taken by it. */
  readonly exports: Record<string, { sent: number; taken: number }> = {};

  /** Changed by the admin API: a receiver's address may be known only once it runs. */
  connectors: readonly ConnectorSeed[];

  constructor(
    private readonly seed: TenantSeed,
    private readonly outbox: Outbox,
  ) {
    this.connectors = listOf(seed.connectors);
  }

  /** Runs what the order's status asks for and tells what each step did; nothing when the order type has its workflow switched off. */
  run(order: Order): StepResult[] | undefined {
    const type = this.seed.orderTypes.find((candidate) => candidate.name === order.orderType);
    if (type?.disableWorkflow) return undefined;
    const id = order.id ?? '';
    this.runs[id] = (this.runs[id] ?? 0) + 1;
    const status = listOf(type?.orderStatuses).find((candidate) => candidate.name === order.status);
    return listOf(status?.workflowSteps)
      .filter((step) => isInScope(step, order))
      .map((step) => this.perform(step, order));
  }

  /** Sends the order to a connector: one way, with nothing expected back but an answer. False when the tenant has no such connector. */
  exportTo(connectorName: string | null | undefined, order: Order): boolean {
    const connector = this.connectors.find((candidate) => isConnector(candidate, connectorName, order));
    if (!connector) return false;
    const entry = (this.exports[order.id ?? ''] ??= { sent: 0, taken: 0 });
    entry.sent += 1;
    const done = (delivered: boolean) => {
      if (delivered) entry.taken += 1;
    };
    const body = { order, shipment: null, returnOrderForm: null };
    this.outbox.send({ url: connector.host, headers: listOf(connector.customHeaders), body, done });
    return true;
  }

  private perform(step: OmniumOrderWorkflowStep, order: Order): StepResult {
    const isDone = step.name !== EXPORT || this.exportTo(step.connector, order);
    const result = { actionType: step.name, cancelWorkflow: false, isInvisible: step.isInvisible ?? false };
    if (isDone) return { ...result, actionStatus: 'Success' };
    return { ...result, actionStatus: 'Error', errorReason: `No connector '${step.connector}' for market '${order.marketId}'.` };
  }
}

function isConnector({ name, enabledForMarkets }: ConnectorSeed, wanted: string | null | undefined, { marketId }: Order): boolean {
  return name.toLowerCase() === wanted?.toLowerCase() && allows(enabledForMarkets, undefined, [marketId]);
}

/** Switched on, and within the markets, stores, warehouses and shipment options that the step is meant for. */
function isInScope(step: OmniumOrderWorkflowStep, order: Order): boolean {
  const shipments = listOf(order.orderForm?.shipments);
  return (
    step.active !== false &&
    allows(step.enabledForMarkets, step.disabledForMarkets, [order.marketId]) &&
    allows(step.enabledForStores, step.disabledForStores, [order.storeId]) &&
    allows(
      step.enabledForWarehouses,
      step.disabledForWarehouses,
      shipments.map((shipment) => shipment.warehouseCode),
    ) &&
    allows(
      step.enabledForShipmentOptions,
      step.disabledForShipmentOptions,
      shipments.map((shipment) => shipment.shippingMethodName),
    )
  );
}

/** Empty = all; what is disabled wins. */
function allows(
  enabled: readonly string[] | null | undefined,
  disabled: readonly string[] | null | undefined,
  values: readonly (string | null | undefined)[],
): boolean {
  const isNamed = (list: readonly string[]) => values.some((value) => list.includes(value ?? ''));
  return (listOf(enabled).length === 0 || isNamed(listOf(enabled))) && !isNamed(listOf(disabled));
}
