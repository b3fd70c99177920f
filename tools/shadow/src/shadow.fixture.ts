import type { OmniumOrder, SitooOrder } from '@connector/contracts';
import { familyOf, mapFamily, orderId } from '@connector/mapping';
import { createStoreMap, type ReferenceData } from '@connector/market';
import { valuesAt, type IdentifiedOrder } from '@connector/omnium-client';
import {
  decodedReceipt,
  defaultReceiptStores,
  generateTradingDay,
  pluginOrder,
  receiptContext,
  type LabelledReceipt,
  type ReceiptMix,
} from '@connector/testing';
import { compareMarket, type ShadowReport } from './compare';
import type { ShadowSource } from './source';

const reference: ReferenceData = {
  stores: createStoreMap({
    market: 'NOR',
    omniumStores: defaultReceiptStores.map(({ externalId, warehouseId }) => ({
      id: externalId,
      externalIdsList: [{ providerName: 'SitooWarehouseId', id: String(warehouseId) }],
    })),
    sitooStores: [],
    sitooWarehouses: [],
  }),
  market: { marketId: 'NOR', currency: 'NOK', countryCode: 'NO' },
  shipmentOptions: receiptContext.shipmentOptions,
  statuses: {},
  orderTypes: [],
};

const receipts: ShadowSource['config']['receipts'] = {
  bookings: 'order',
  foreignOrders: 'reject',
  paymentMethods: [],
  virtualPaymentMethod: undefined,
};

/** Both platforms in memory: receipts of a day, and what Omnium has of them. Tests change what they need before `compare`. */
export class Scene {
  readonly receipts: LabelledReceipt[];
  readonly orders = new Map<string, IdentifiedOrder>();
  reference = reference;
  private pageSize = 100;
  readonly calls = { refundsOf: 0, deliveries: 0 };

  constructor(mix: ReceiptMix, { seed = 5, count = 40 } = {}) {
    this.receipts = generateTradingDay({ seed, count, mix });
  }

  /** The built-in plugin imported these receipts, each with this fault. */
  importByPlugin(receipts = this.receipts, fault: (order: OmniumOrder) => OmniumOrder = (order) => order): void {
    for (const receipt of receipts) {
      if (receipt.expect !== 'order' && receipt.expect !== 'merged') continue;
      const number = this.receipts.indexOf(receipt) + 1;
      this.orders.set(`ORDR${number}`, { ...fault(pluginOrder(receipt.order, number)), id: `ORDR${number}` });
    }
  }

  /** The connector wrote this receipt, in a document of its own. */
  importByConnector({ order }: LabelledReceipt): void {
    const mapping = mapFamily(familyOf(decodedReceipt(order)), receiptContext);
    if (!mapping.ok) throw new Error(`${order.orderid} becomes no order`);
    this.orders.set(mapping.order.id, mapping.order);
  }

  compare(orderIds = this.receipts.map(({ order }) => order.orderid)): Promise<ShadowReport> {
    return compareMarket({ orderIds }, this.source());
  }

  /** All of them, some on each page. */
  compareByDate(pageSize: number): Promise<ShadowReport> {
    this.pageSize = pageSize;
    return compareMarket({ from: new Date(0), to: new Date() }, this.source());
  }

  private async *pages(): AsyncGenerator<Map<number, unknown>> {
    for (let from = 0; from < this.receipts.length; from += this.pageSize) {
      const page = this.receipts.slice(from, from + this.pageSize);
      yield new Map<number, unknown>(page.map(({ order }) => [order.orderid, order]));
    }
  }

  private source(): ShadowSource {
    const documents = (ids: readonly number[]) =>
      new Map<number, unknown>(this.receipts.filter(({ order }) => ids.includes(order.orderid)).map(({ order }) => [order.orderid, order]));
    return {
      // The comparison looks at these two settings.
      config: { tenant: 'DevShop', market: 'NOR', orderType: 'PosSitoo', receipts } as ShadowSource['config'],
      marketId: 'NOR',
      sitoo: {
        orders: {
          byIds: async (ids) => documents(ids),
          byDate: () => this.pages(),
          deliveries: async () => {
            this.calls.deliveries += 1;
            return [];
          },
          refundsOf: async (ids) => {
            this.calls.refundsOf += 1;
            const refunds = this.receipts.filter(({ order }) => ids.includes(creditOf(order)));
            return documents(refunds.map(({ order }) => order.orderid));
          },
        },
      },
      omnium: {
        orders: {
          byIds: async (ids) => new Map([...this.orders].filter(([id]) => ids.includes(id))),
          lookUp: async (wanted, { places }) => {
            const carries = (order: IdentifiedOrder, values: readonly string[]) =>
              places.some((place) => valuesAt(order, place).some((value) => values.includes(value)));
            const found = [...wanted].map(([id, values]) => [id, [...this.orders.values()].filter((one) => carries(one, values))] as const);
            return new Map(found.filter(([, orders]) => orders.length > 0));
          },
        },
      },
      reference: { get: async () => this.reference },
    };
  }
}

function creditOf({ creditorderid, additionaldata }: SitooOrder): number {
  return creditorderid ?? Number(additionaldata?.['pos-originalsales-orderid']);
}

export function connectorId(sitooOrderId: number): string {
  return orderId({ market: 'NOR', site: 1, sitooOrderId });
}
