export { type ReceiptCurrency, receiptVatRates } from './catalogue';
export { generateReceipt, type LabelledReceipt, type ReceiptOptions } from './generate-receipt';
export { type ReceiptFate, receiptFates, type ReceiptKind, type ReceiptMix, saleKinds, saleMix, tradingDayMix } from './kinds';
export { omniumFigures, type OmniumFigures } from './omnium-figures';
export { receiptPaymentTypes } from './payments';
export { receiptArbitrary, type ReceiptArbitraryOptions } from './receipt-arbitrary';
export { createRng, type Rng } from './rng';
export { defaultReceiptStores, registerId, type ReceiptStore, unknownReceiptStore } from './stores';
export { generateTradingDay, type TradingDayOptions } from './trading-day';
