import { standardPlaces } from '@connector/connector-config';
import {
  judgeImported,
  omniumOrderOf,
  orderId,
  referencesOf,
  type DecodedSitooOrder,
  type ImportedOrder,
  type OrderRejection,
} from '@connector/mapping';
import { background, type ShadowSource } from './source';

/** What Omnium has of a receipt. */
export type Held =
  /** Under the connector's id; or an order of Omnium's own that a store handles. */
  | { readonly kind: 'own'; readonly document: ImportedOrder }
  /** Made by another system, and where it keeps the receipt's numbers. */
  | { readonly kind: 'imported'; readonly document: ImportedOrder; readonly foundBy: readonly string[] }
  | { readonly kind: 'unclear'; readonly rejection: OrderRejection }
  | { readonly kind: 'none' };

/** What Omnium has of these receipts, by Sitoo's order id: by the connector's ids, and for what is not there by Sitoo's numbers. @throws CallError */
export async function documentsOf(orders: readonly DecodedSitooOrder[], source: ShadowSource): Promise<Map<number, Held>> {
  const idOf = (order: DecodedSitooOrder) =>
    omniumOrderOf(order) ?? orderId({ market: source.marketId, site: order.site, sitooOrderId: order.orderId });
  const own = await source.omnium.orders.byIds(orders.map(idOf), background);
  const absent = orders.filter((order) => !own.has(idOf(order)) && omniumOrderOf(order) === undefined);
  const imported = await lookUp(absent, source);
  return new Map(
    orders.map((order): [number, Held] => {
      const document = own.get(idOf(order));
      return [order.orderId, document ? { kind: 'own', document } : (imported.get(order.orderId) ?? { kind: 'none' })];
    }),
  );
}

/** Orders of another system that carry the numbers of these receipts, by Sitoo's order id. @throws CallError */
export async function lookUp(orders: readonly DecodedSitooOrder[], { config, marketId, omnium }: ShadowSource): Promise<Map<number, Held>> {
  if (orders.length === 0) return new Map();
  const wanted = new Map(orders.map((order) => [order.orderId, referencesOf(order)]));
  const filter = { selectedMarkets: [marketId], orderType: config.orderType };
  const places = config.cutOver?.places ?? standardPlaces;
  const found = await omnium.orders.lookUp(wanted, { places, filter }, background);
  return new Map(
    orders.map((order): [number, Held] => {
      const judgement = judgeImported(order, found.get(order.orderId) ?? [], marketId);
      const { orderId: id } = order;
      return [
        id,
        judgement.kind === 'imported' ? { ...judgement, foundBy: placesOf(judgement.document, wanted.get(id) ?? []) } : judgement,
      ];
    }),
  );
}

/** Where an order keeps these numbers, in the words of `CutOverLookUpBy`. */
function placesOf({ externalIds, properties, orderNumber, id }: ImportedOrder, references: readonly string[]): string[] {
  const carries = (value: unknown) => typeof value === 'string' && references.includes(value);
  return [
    ...(externalIds ?? []).filter((entry) => carries(entry.id)).map(({ providerName }) => `ExternalId:${providerName ?? ''}`),
    ...(carries(orderNumber) || carries(id) ? ['OrderNumber'] : []),
    ...(properties ?? []).filter(({ value }) => carries(value)).map(({ key }) => `Property:${key ?? ''}`),
  ];
}
