/** Where a field of an Omnium document comes from. `{row}`, `{payment}` and `{delivery}` stand for the entry that the field's own entry is of. */
export interface FieldOrigin {
  readonly from: string;
  readonly rule: string;
}

const origin = (from: string, rule: string): FieldOrigin => ({ from, rule });

const id = origin('orderid, eshopid', 'sitoo-{market}-{site}-{orderid}: the same receipt always gets the same id');
const total = origin('{row}.moneyitemtotal_net, {row}.moneyitemtotal_vat', "the row's own totals, after its discounts");
const formTotal = origin(
  'orderitems, moneydelivery_*, moneycheckout_*, moneytotal_gross_roundoff',
  'sum of lines, freight and rounding, as Omnium calculates it',
);
const soldAt = origin('orderdate', 'Unix seconds as UTC');
const buyer = origin(
  'namefirst, namelast, company, email, phone, personalid',
  'the buyer as typed at the till; the identity number of a person stays in Sitoo',
);
const seller = origin(
  'additionaldata.pos-staffsales-*, additionaldata.pos-staff-*, userid_staff',
  'the staff credited with the sale, else the cashier',
);
const setting = (name: string) => origin('', `set by the market: ${name}`);
const always = (rule: string) => origin('', rule);
const state = origin('orderstateid, orderdeliveries, log 900 and 910, refunds', 'where the order stands; forward only');
const fee = 'the rate that gives the figures of the fee';

const line: Readonly<Record<string, FieldOrigin>> = {
  lineItemId: origin('{row}.orderitemid', 'the row number, or the line that an order from Omnium carries for the row'),
  code: origin('{row}.sku', 'the SKU at the time of the sale; a gift card without one takes the configured SKU'),
  displayName: origin('{row}.productname', 'the title at the time of the sale'),
  quantity: origin('{row}.quantity, {row}.decimalunitquantity', 'units, or the measure of measured goods; always positive'),
  deliveredQuantity: origin('orderstateid, orderdeliveries', 'all of a closed order, else what is with the buyer or a carrier'),
  canceledQuantity: origin('orderstateid', 'what was not delivered when the order was cancelled'),
  returnQuantity: origin('refunds', 'what came back by all refunds of the order'),
  unit: origin('{row}.unitlabel', 'as it is'),
  placedPrice: origin(
    '{row}.moneyitemtotal_net, {row}.moneyitemtotal_vat, {row}.moneydiscount',
    'unit price before discount in whole cents, such that the row total stays exact',
  ),
  discounted: origin('{row}.moneydiscount, discount rows', 'discount of the whole row and what the unit price does not divide'),
  taxRate: origin('{row}.vatvalue', 'percent as it is; of fees the rate that gives their figures'),
  placedPriceExclTax: total,
  discountedExclTax: total,
  discountedPrice: total,
  discountedPriceExclTax: total,
  extendedPrice: total,
  extendedPriceExclTax: total,
  taxTotal: total,
  campaignId: origin('{row}.vouchercode', 'the campaign, unless the discount was given by hand'),
  discountReasonCode: origin('{row}.additionaldata.reasoncode-manualdiscount', 'as it is'),
  isVirtualProduct: origin('{row}.additionaldata.giftcard-cardnumber', 'gift cards and fees move no stock'),
  isExcludedFromPromotions: always('no promotion may change a price that was paid'),
  isReadOnly: origin('orderstateid', 'a finished sale is locked'),
  returnReason: origin('{row}.additionaldata.reasoncode-return, additionaldata.refundreasoncode-*', 'of the row, else of the refund'),
  returnDate: soldAt,
  updateStock: origin('{row}.additionaldata.giftcard-cardnumber', 'goods go back to stock, gift cards and fees do not'),
};

const address: Readonly<Record<string, FieldOrigin>> = Object.fromEntries(
  [
    'name',
    'firstName',
    'lastName',
    'organization',
    'organizationalNumber',
    'line1',
    'line2',
    'postalCode',
    'city',
    'state',
    'countryCode',
    'email',
    'phone',
  ].map((field) => [
    field,
    origin(
      'invoice_*, delivery_*, namefirst, namelast, company, email, phone',
      "the buyer's address, or the address of the store of collection",
    ),
  ]),
);

const references: Readonly<Record<string, FieldOrigin>> = {
  providerName: always('one name for each kind of reference'),
  id: origin(
    'orderid, additionaldata.pos-receiptid, creditorderid, additionaldata.pos-*orderid',
    'the ids of the receipt and of those it belongs together with',
  ),
};

const payment: Readonly<Record<string, FieldOrigin>> = {
  id: origin('orderid, {payment}', 'id of the receipt and place of the payment'),
  paymentMethodName: origin('{payment}.externalid, {payment}.name', 'by the payment rules'),
  paymentType: origin('{payment}.name', 'by the payment rules'),
  transactionId: origin('{payment}.refid, {payment}.additionaldata', "the provider's reference, else the id"),
  transactionType: origin(
    '{payment}.moneyamount, {payment}.reservedpaymentid',
    'taken at once, held, taken out of what is held, or paid out',
  ),
  status: origin('paymentstateid', 'failed when Sitoo says so'),
  amount: origin('{payment}.moneyamount', 'positive; change is taken off the tenders of its own method'),
  paidDate: soldAt,
  storeId: origin('additionaldata.store-externalid', 'the store of the receipt that the money moved on'),
  reason: always('why money was paid out'),
  internalReference: origin('additionaldata.pos-receiptid', 'the return that the money was paid for'),
  'orderLineReferences[].lineItemId': origin('orderitems', 'the lines that the money was paid for'),
  ...under('externalIds[].', references),
};

const totals: Readonly<Record<string, FieldOrigin>> = Object.fromEntries([
  [
    'grossRoundoff',
    origin('moneytotal_gross_roundoff, moneytotal_gross_all', "cash rounding, and what the rows are off the receipt's total"),
  ],
  ...[
    'subTotal',
    'subTotalExclTax',
    'shippingSubTotal',
    'shippingSubTotalExclTax',
    'shippingTotal',
    'taxTotal',
    'total',
    'totalExclTax',
  ].map((field) => [field, formTotal] as const),
]);

const shipment: Readonly<Record<string, FieldOrigin>> = {
  shipmentId: always('1; 2 for what the buyer took along of an open order; the shipment that an order from Omnium stands for'),
  status: origin('orderstateid, orderdeliveries, events', 'by the shipment tree and the state of the deliveries'),
  orderStatus: state,
  shippingMethodName: origin('orderstateid, additionaldata.delivery-*', 'by the shipment tree, from the options of the market'),
  shippingMethodId: origin('orderstateid, additionaldata.delivery-*', 'by the shipment tree, from the options of the market'),
  warehouseCode: origin(
    'warehouseid, orderdeliveries.warehouseid',
    'stock location of the warehouse; for an open order the sender of the shipping method',
  ),
  pickUpWarehouseCode: origin('additionaldata.delivery-pickup-*, additionaldata.store-externalid', 'the store of collection'),
  shipmentTrackingNumber: origin('orderdeliveries.orderdeliveryref', 'waybill of the last delivery'),
  shipmentTaxRate: origin('moneydelivery_net, moneydelivery_vat', fee),
  ...Object.fromEntries(
    ['shippingSubTotal', 'shippingSubTotalExclTax', 'shippingTax', 'shippingTotal'].map((field) => [
      field,
      origin('moneydelivery_net, moneydelivery_vat', 'the delivery fee'),
    ]),
  ),
  ...Object.fromEntries(['subTotal', 'taxTotal', 'total'].map((field) => [field, formTotal])),
  ...under('address.', address),
  ...under('lineItems[].', line),
};

/** Every field that the map can write, but properties: `properties[]` explain themselves by their key. */
export const fieldOrigins: Readonly<Record<string, FieldOrigin>> = {
  id,
  orderNumber: id,
  orderOrigin: always('Sitoo'),
  salesChannel: always('POS'),
  orderType: setting('order type'),
  marketId: setting('market'),
  status: state,
  storeId: origin('additionaldata.store-externalid, warehouseid', 'the selling store by its external id, else by the warehouse'),
  billingCurrency: origin('currencycode', 'a currency that the market takes'),
  created: soldAt,
  completed: origin('orderdate, orderdeliveries.datedelivery', 'the sale, or its last delivery'),
  isReadOnly: origin('orderstateid', 'a finished sale is locked'),
  isNotificationsDisabled: origin('orderstateid', 'no mail about goods that the buyer holds'),
  customerId: setting('customer of a known buyer'),
  customerName: buyer,
  customerEmail: buyer,
  customerPhone: buyer,
  customerType: origin('company', 'B2B when there is a company'),
  customerReference: origin('customerref', 'as it is'),
  salesPersonId: seller,
  salesPersonName: seller,
  netTotal: origin('moneytotal_gross_all of the order and its refunds', 'form total less return forms'),
  netTotalExclTax: origin('moneyfinal_net of the order and its refunds', 'form total less return forms'),
  'tags[]': always('marks the orders of the connector'),
  'replacementOrderIds[]': origin('additionaldata.pos-refundsales-orderid', 'the purchase of the exchange'),
  ...under('billingAddress.', address),
  ...under('externalIds[].', references),
  ...under('orderForm.', totals),
  ...under('orderForm.lineItems[].', line),
  ...under('orderForm.shipments[].', shipment),
  ...under('orderForm.payments[].', payment),
  ...under('returnOrderForms[].', {
    returnId: origin('orderid', 'made from the id of the refund receipt'),
    status: setting('status of a return that is over'),
    storeId: origin('{row}.additionaldata.return-warehouseid, warehouseid', 'where the goods went'),
    created: soldAt,
    modified: soldAt,
    rmaNumber: origin('additionaldata.pos-receiptid, orderid', 'sitoo-{receipt}'),
    creditPayment: always('false: the till has paid the money back'),
    creditAmount: origin('moneytotal_gross_all', 'positive'),
    returnComment: origin('additionaldata.refundreasoncode-comment, additionaldata.refundreasoncode-reasoncode', 'as it is'),
    'replacementOrderIds[]': origin('additionaldata.pos-refundsales-orderid', 'the purchase of the exchange'),
    ...totals,
    ...under('externalIds[].', references),
    ...under('lineItems[].', line),
  }),
};

/** Properties that are not additionaldata under its own name. */
export const propertyOrigins: Readonly<Record<string, FieldOrigin>> = {
  SitooSiteId: origin('eshopid', 'as it is'),
  SitooRegisterId: origin('registerid', 'as it is'),
  SitooWarehouseId: origin('warehouseid', 'as it is'),
  SitooOrderDate: soldAt,
  SitooCheckoutName: origin('checkouttypename', 'as it is'),
  SitooCheckoutReference: origin('checkoutref', 'as it is'),
  SitooComment: origin('comment', 'as it is'),
  SitooCommentInternal: origin('commentinternal', 'as it is'),
  SitooReservedUntil: origin('datereserved', 'Unix seconds as UTC'),
  SitooTotalsDifference: origin('moneytotal_gross_all, orderitems', "what the rows are off the receipt's total"),
  SitooProductId: origin('{row}.productid', 'as it is'),
  SitooProductAttributes: origin('{row}.productattributes', 'as it is'),
  SitooBuyerText: origin('{row}.externalinput', 'as it is'),
  SitooCampaignName: origin('{row}.vouchername', 'of the row and its discount rows'),
  SitooDiscountRows: origin('{row}', 'the discount rows that follow the product row'),
  SitooUnitPriceRounding: origin('{row}.moneyitemtotal_net, {row}.moneyitemtotal_vat', 'what the unit price does not divide'),
  SitooGiftCard: origin('additionaldata.giftcard-cardnumber', 'the last four characters'),
  SitooDeliveries: origin('orderdeliveries, events', 'each delivery and its state'),
  SitooPaymentName: origin('{payment}.name', 'as it is'),
  SitooPaymentExternalId: origin('{payment}.externalid', 'as it is'),
  SitooPaymentReferenceType: origin('{payment}.reftype', 'as it is'),
  SitooCardIssuer: origin('{payment}.cardissuer', 'as it is'),
  SitooPaymentMethod: origin('{payment}.additionaldata.payment-method', 'as it is'),
  SitooVirtualPayment: origin('{payment}.additionaldata.virtual-payment', 'no money moved: settlement leaves it out'),
  SitooReservationId: origin('{payment}.reservedpaymentid', 'as it is'),
  SitooOriginalPaymentIndex: origin('{payment}.additionaldata.pos-originalsales-payment-index', 'as it is'),
};

function under(prefix: string, rules: Readonly<Record<string, FieldOrigin>>): Record<string, FieldOrigin> {
  return Object.fromEntries(Object.entries(rules).map(([field, rule]) => [`${prefix}${field}`, rule]));
}
