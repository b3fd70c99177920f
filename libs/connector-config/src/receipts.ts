import { Layers } from './layers';
import { choice } from './setting-values';

/** What becomes of a market's receipts where the platforms leave it open. */
export interface ReceiptSettings {
  /** `skip`: bookings stay in Sitoo. */
  bookings: 'order' | 'skip';
  /** Orders that another system put into Sitoo. */
  foreignOrders: 'reject' | 'import';
  /** Empty: the tills' payment names are Omnium's payment methods. */
  paymentMethods: readonly PaymentMethodEntry[];
  /** Omnium payment method of what the halves of an exchange owe each other; undefined: by the entries, else the till's name. */
  virtualPaymentMethod: string | undefined;
}

export interface PaymentMethodEntry {
  /** External id of a Sitoo payment type, or its name in any case. */
  paymentType: string;
  /** A payment method of Omnium. */
  paymentMethod: string;
}

/** undefined: something is wrong, and every such thing was reported. */
export function readReceiptSettings(layers: Layers): ReceiptSettings | undefined {
  const bookings = choice(layers, 'Bookings', ['order', 'skip'] as const, 'order');
  const foreignOrders = choice(layers, 'ForeignOrders', ['reject', 'import'] as const, 'reject');
  const entries = layers.group('PaymentMethods');
  const virtual = layers.property('VirtualPaymentMethod');
  // A variable that is missing was reported when it was read.
  const isWhole = entries.every(({ text }) => text !== undefined) && (virtual === undefined || virtual.text !== undefined);
  if (bookings === undefined || foreignOrders === undefined || !isWhole) return undefined;
  return {
    bookings,
    foreignOrders,
    paymentMethods: entries.map(({ key, text = '' }) => ({ paymentType: key, paymentMethod: text.trim() })),
    virtualPaymentMethod: virtual?.text?.trim(),
  };
}
