import { Layers } from './layers';
import { choice, listed, yesNo } from './setting-values';

/** What a market's stores do with Omnium's orders. */
export interface WebOrderSettings {
  /** By order type of Omnium; types that are not here stay in Omnium. */
  flows: Readonly<Record<string, 'pick-up' | 'ship-from-store'>>;
  /** Orders of these types that were in no store are registered in Sitoo when they are over, so that a till can take goods back. */
  prepareReturnsInStore: boolean;
  cartAs: 'parked' | 'booking';
  /** Path below Omnium's host with `{cartId}` in it; undefined: carts cannot be read. */
  cartReadPath: string | undefined;
}

/** undefined: something is wrong, and every such thing was reported. */
export function readWebOrderSettings(layers: Layers): WebOrderSettings | undefined {
  const pickUp = orderTypes(layers, 'PickUpOrderType', 'Online-PickupInStore');
  const shipFromStore = orderTypes(layers, 'ShipFromStoreOrderType', 'Online-Delivery');
  const exportsPickUp = yesNo(layers, 'ExportPickUp', true);
  const exportsShipFromStore = yesNo(layers, 'ExportShipFromStore', true);
  const prepareReturnsInStore = yesNo(layers, 'PrepareReturnsInStore');
  const cartAs = choice(layers, 'CartAs', ['parked', 'booking'] as const, 'parked');
  const cartReadPath = pathWithCartId(layers);
  const areDistinct = checkDistinct(layers, pickUp, shipFromStore);
  if (exportsPickUp === undefined || exportsShipFromStore === undefined || prepareReturnsInStore === undefined) return undefined;
  if (cartAs === undefined || cartReadPath === 'wrong' || !areDistinct) return undefined;
  const flows = [
    ...(exportsPickUp ? pickUp.map((type) => [type, 'pick-up'] as const) : []),
    ...(exportsShipFromStore ? shipFromStore.map((type) => [type, 'ship-from-store'] as const) : []),
  ];
  return { flows: Object.fromEntries(flows), prepareReturnsInStore, cartAs, cartReadPath };
}

/** Only a path: the host is that of the tenant's `omnium` record, and so are the credentials that go with the call. */
function pathWithCartId(layers: Layers): string | undefined | 'wrong' {
  const found = layers.property('CartReadPath');
  if (!found) return undefined;
  const path = found.text?.trim();
  if (path === undefined) return 'wrong';
  const isPath = /^\/(?!\/)[^\s{}\\#]*\{cartId\}[^\s{}\\#]*$/.test(path);
  if (isPath) return path;
  found.report.error(
    'SETTING_NOT_A_PATH',
    '"CartReadPath" must be a path that begins with one slash and holds {cartId} once, without a host: /api/…/{cartId}.',
  );
  return 'wrong';
}

function orderTypes(layers: Layers, key: string, standard: string): string[] {
  return layers.property(key) ? listed(layers, key) : [standard];
}

/** An order type has one meaning: what is collected is not sent, and what the tills sell comes from Sitoo. */
function checkDistinct(layers: Layers, pickUp: readonly string[], shipFromStore: readonly string[]): boolean {
  const ofTills = layers.property('SitooOrderType')?.text?.trim();
  const all = [...pickUp, ...shipFromStore, ...(ofTills === undefined ? [] : [ofTills])];
  const doubled = [...new Set(all.filter((type, index) => all.indexOf(type) !== index))];
  for (const type of doubled)
    layers.missing(
      'error',
      'ORDER_TYPE_TWICE',
      `Order type "${type}" stands more than once in "SitooOrderType", "PickUpOrderType" and "ShipFromStoreOrderType". Leave it in one of them.`,
    );
  return doubled.length === 0;
}
