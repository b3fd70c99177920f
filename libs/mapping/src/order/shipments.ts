import type { OmniumShipment } from '@connector/contracts';
import { toOmniumAddress } from '../customer/order-customer';
import { toJsonNumber, ZERO } from '../money/amount';
import { SHIPMENT_ID } from './identifiers';
import { type LineFigures, lineTotals, type MappedLine } from './lines';
import type { OrderContext } from './order-context';
import { accept, type Step } from './rejection';
import { pickUpOption } from './shipment-option';
import type { DecodedSitooOrder } from './sitoo-order';

export interface ShipmentParts {
  readonly lines: readonly MappedLine[];
  readonly freight: LineFigures | undefined;
  /** The store that sold, where the buyer took the goods. */
  readonly storeId: string;
  /** Where the goods left. */
  readonly stockStoreId: string;
}

/** The one delivery of a completed sale: handed over in the shop. No lines, no delivery (api-guide 7.7). */
export function toShipments(order: DecodedSitooOrder, parts: ShipmentParts, context: OrderContext): Step<OmniumShipment[]> {
  if (parts.lines.length === 0) return accept([]);
  const option = pickUpOption(context);
  if (!option.ok) return option;
  const { shippingMethodName, shippingMethodId } = option.value;
  return accept([
    {
      shipmentId: SHIPMENT_ID,
      status: 'Released',
      orderStatus: context.completedStatus,
      shippingMethodName,
      ...(shippingMethodId ? { shippingMethodId } : {}),
      warehouseCode: parts.stockStoreId,
      pickUpWarehouseCode: parts.storeId,
      ...(order.deliveryAddress ? { address: toOmniumAddress(order.deliveryAddress, order.buyer, context) } : {}),
      ...totals(parts),
      lineItems: parts.lines.map(({ line }) => line),
    },
  ]);
}

function totals({ lines, freight }: ShipmentParts): Partial<OmniumShipment> {
  const goods = lineTotals(lines);
  const net = freight?.net ?? ZERO;
  const vat = freight?.vat ?? ZERO;
  const gross = net.plus(vat);
  return {
    ...(freight ? { shipmentTaxRate: toJsonNumber(freight.rate) } : {}),
    shippingSubTotal: toJsonNumber(gross),
    shippingSubTotalExclTax: toJsonNumber(net),
    shippingTax: toJsonNumber(vat),
    shippingTotal: toJsonNumber(gross),
    subTotal: toJsonNumber(goods.gross),
    taxTotal: toJsonNumber(goods.vat.plus(vat)),
    total: toJsonNumber(goods.gross.plus(gross)),
  };
}
