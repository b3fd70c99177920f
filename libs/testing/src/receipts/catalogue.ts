import type { Rng } from './rng';

export type ReceiptCurrency = 'NOK' | 'SEK';

/** VAT class of a product; the rate depends on the country. */
type VatClass = 'standard' | 'food' | 'book' | 'travel';

/** Percent. Norway: 25, food 15, transport 12, books 0. Sweden: 25, food 12, books and transport 6. */
const vatRates: Record<ReceiptCurrency, Record<VatClass, number>> = {
  NOK: { standard: 25, food: 15, book: 0, travel: 12 },
  SEK: { standard: 25, food: 12, book: 6, travel: 6 },
};

/** VAT rates that receipts of a currency can carry. */
export function receiptVatRates(currency: ReceiptCurrency): number[] {
  return [...new Set(Object.values(vatRates[currency]))];
}

export interface Product {
  readonly productId: number;
  readonly sku: string;
  readonly name: string;
  readonly attributes: string;
  /** Shelf price per unit with VAT. */
  readonly price: string;
  /** Percent. */
  readonly vatRate: number;
  /** Unit label of goods sold by measure. */
  readonly unit: string;
}

/** SKU, name, attributes, price in NOK, price in SEK, VAT class, unit. */
type Entry = readonly [string, string, string, string, string, VatClass, string?];

const goods: readonly Entry[] = [
  ['tee-yellow-m', 'Yellow T-Shirt', 'Color: Yellow, Size: M', '299.00', '299.00', 'standard'],
  ['tee-white-l', 'White T-Shirt', 'Color: White, Size: L', '249.90', '249.90', 'standard'],
  ['jeans-blue-32', 'Blue Jeans', 'Color: Blue, Size: 32', '799.00', '799.00', 'standard'],
  ['jeans-black-30', 'Black Jeans', 'Color: Black, Size: 30', '899.50', '899.00', 'standard'],
  ['wool-sweater-s', 'Wool Sweater', 'Color: Grey, Size: S', '1299.00', '1349.00', 'standard'],
  ['rain-jacket-xl', 'Rain Jacket', 'Color: Navy, Size: XL', '1990.00', '1990.00', 'standard'],
  ['socks-black-40', 'Wool Socks', 'Color: Black, Size: 40-43', '99.90', '89.90', 'standard'],
  ['cap-green', 'Baseball Cap', 'Color: Green', '179.00', '169.50', 'standard'],
  ['belt-brown-95', 'Leather Belt', 'Color: Brown, Size: 95', '449.00', '449.00', 'standard'],
  ['scarf-red', 'Knitted Scarf', 'Color: Red', '349.95', '329.95', 'standard'],
  ['mug-fjord', 'Fjord Mug', '', '129.00', '119.00', 'standard'],
  ['candle-pine', 'Candle, Pine', '', '89.50', '79.90', 'standard'],
  ['bag-canvas', 'Canvas Bag', 'Color: Natural', '39.90', '35.00', 'standard'],
  ['sneaker-white-42', 'Sneakers', 'Color: White, Size: 42', '1199.00', '1199.00', 'standard'],
];
const food: readonly Entry[] = [
  ['choc-dark-70', 'Dark Chocolate 70 %', '', '49.90', '45.90', 'food'],
  ['coffee-beans', 'Coffee Beans 250 g', '', '119.00', '99.00', 'food'],
  ['jam-cloudberry', 'Cloudberry Jam', '', '84.50', '79.50', 'food'],
  ['water-still', 'Still Water', '', '28.00', '22.90', 'food'],
];
const reduced: readonly Entry[] = [
  ['novel-crime', 'Crime Novel', '', '249.00', '219.00', 'book'],
  ['cookbook-nordic', 'Nordic Cookbook', '', '399.00', '349.00', 'book'],
  ['ticket-city', 'City Ticket', '', '42.00', '39.00', 'travel'],
];
const measured: readonly Entry[] = [
  ['coffee-loose', 'Coffee, Loose Weight', '', '359.00', '319.00', 'food', 'kg'],
  ['fabric-linen', 'Linen Fabric', '', '189.90', '179.90', 'standard', 'm'],
  ['candy-mix', 'Pick and Mix', '', '169.00', '129.90', 'food', 'kg'],
];

const shelves = { goods, food, reduced, measured, any: [...goods, ...goods, ...food, ...reduced] };

export function pickProduct(rng: Rng, currency: ReceiptCurrency, shelf: keyof typeof shelves = 'any'): Product {
  const [sku, name, attributes, nok, sek, vatClass, unit = ''] = rng.pick(shelves[shelf]);
  const productId =
    1000 +
    Object.values(shelves)
      .flat()
      .findIndex(([other]) => other === sku);
  return { productId, sku, name, attributes, price: currency === 'NOK' ? nok : sek, vatRate: vatRates[currency][vatClass], unit };
}

export const giftCard: Omit<Product, 'price'> = {
  productId: 1900,
  sku: 'GIFTCARD',
  name: 'Gift Card',
  attributes: '',
  vatRate: 0,
  unit: '',
};
