export { type ReceiptCurrency, receiptVatRates } from './catalogue';
export { familyArbitrary, familyKinds, type FamilyOptions, familyTotal, generateFamily, type ReceiptFamily } from './family';
export { generateReceipt, type LabelledReceipt, type ReceiptOptions } from './generate-receipt';
export {
  busyDayMix,
  type DayAct,
  type ReceiptFate,
  receiptFates,
  type ReceiptKind,
  type ReceiptMix,
  saleKinds,
  saleMix,
  tradingDayMix,
} from './kinds';
export { omniumFigures, type OmniumFigures } from './omnium-figures';
export { receiptPaymentTypes } from './payments';
export { receiptArbitrary, type ReceiptArbitraryOptions } from './receipt-arbitrary';
export { createRng, type Rng } from './rng';
export { defaultReceiptStores, registerId, type ReceiptStore, unknownReceiptStore } from './stores';
export { generateTradingDay, type TradingDayOptions } from './trading-day';
export { pluginOrder, pluginProvider } from './plugin-order';
export { decodedReceipt, receiptContext } from './receipt-context';
export { type DeliveredRows, generateTradingEvents, type TradingEvent } from './trading-events';
