import { Layers } from './layers';
import { Report } from './problem';

/** What the connector may do for a market, from `implementations`. */
export interface Capabilities {
  /** `IOrderExporter`: Omnium's orders go to Sitoo. */
  orderExport: boolean;
  /** `ICartExporter`: Omnium's carts go to Sitoo. */
  cartExport: boolean;
  implementations: readonly string[];
}

/** Every name seen in Omnium's documentation. The others belong to other connectors, so they mean nothing here, yet are no typing errors. */
const KNOWN = [
  'IOrderExporter',
  'ICartExporter',
  'IProductExporter',
  'IInventoryExporter',
  'IStoreExporter',
  'IPrivateCustomerExporter',
  'IBusinessCustomerExporter',
  'IWebhookOrderValidator',
  'IValidator',
];

export function readCapabilities(layers: Layers): Capabilities {
  const found = layers.field('implementations');
  const implementations = found?.value ?? [];
  if (found) checkNames(implementations, found.report);
  return {
    orderExport: implementations.includes('IOrderExporter'),
    cartExport: implementations.includes('ICartExporter'),
    implementations,
  };
}

function checkNames(names: readonly string[], report: Report): void {
  names.forEach((name, index) => {
    if (KNOWN.includes(name)) return;
    const meant = KNOWN.find((known) => known.toLowerCase() === name.trim().toLowerCase());
    const advice = meant ? `Write "${meant}".` : `Known names are ${KNOWN.join(', ')}.`;
    report.inside(`[${index}]`).warning('IMPLEMENTATION_UNKNOWN', `This implementation is not known and switches nothing on. ${advice}`);
  });
}
