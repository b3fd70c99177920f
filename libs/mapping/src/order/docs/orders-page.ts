import { deliveryStates } from '../family/deliveries';
import { orderStates, type OrderStateName } from '../order-state';
import { rejectionCodes, skipCodes, warningCodes } from '../rejection';
import { shipmentLeaves } from '../shipment-option';

/** One kind of order, and the recorded case that shows it. */
export interface OrderKind {
  readonly kind: string;
  readonly recognisedBy: string;
  readonly document: string;
  /** A recorded case (`fixtures/<case>.in.json`). */
  readonly example: string;
}

/** What each kind of Sitoo order becomes. */
export const orderKinds: readonly OrderKind[] = [
  {
    kind: 'Sale',
    recognisedBy: 'type 10, closed, goods sold',
    document: 'its own, completed, one shipment handed over',
    example: 'line-discount',
  },
  {
    kind: 'Refund of a sale',
    recognisedBy: 'all rows negative and `creditorderid` or `pos-originalsales-orderid`',
    document: "a return form on the sale's document, a credit",
    example: 'return-partial',
  },
  {
    kind: 'Return without a receipt',
    recognisedBy: 'all rows negative, no link',
    document: 'its own with nothing sold, one return form, a credit',
    example: 'return-blind',
  },
  {
    kind: 'Refund of a sale that is gone',
    recognisedBy: 'a link to a sale that has no document and gets none',
    document: 'as a return without a receipt, naming the sale',
    example: 'return-original-gone',
  },
  {
    kind: 'Goods sold and given back',
    recognisedBy: 'rows of both signs',
    document: 'its own: positive rows in the form, negative ones in a return form',
    example: 'mixed-single-order',
  },
  {
    kind: 'Exchange, returned half',
    recognisedBy: '`pos-refundsales-orderid`',
    document: 'as the refund it is; `replacementOrderIds` names the purchase',
    example: 'exchange-returned-half',
  },
  {
    kind: 'Exchange, purchase',
    recognisedBy: '`pos-refund-orderid`',
    document: 'as the sale it is; external id `SitooExchangeRefundOrderId` names the refund',
    example: 'exchange-with-rules',
  },
  { kind: 'Open order', recognisedBy: 'type 10, open', document: 'its own, created with its workflow', example: 'open-delivery-default' },
  {
    kind: 'Partly taken along',
    recognisedBy: 'open, and a delivery at the till within ten minutes of the sale',
    document: 'two shipments: `2` handed over, `1` to be delivered',
    example: 'open-taken-and-shipped',
  },
  {
    kind: 'Cancelled order',
    recognisedBy: 'state 20',
    document: 'its own, cancelled; nothing is owed for what was not delivered',
    example: 'open-cancelled-partly-delivered',
  },
  {
    kind: 'Booking',
    recognisedBy: 'type 100',
    document: 'its own without payments; cancelled when it was purchased or ended (setting `Bookings`)',
    example: 'booking',
  },
  {
    kind: 'Purchase of a booking',
    recognisedBy: '`pos-sourceorderid`',
    document: 'as the sale it is; external id `SitooSourceOrderId` names the booking',
    example: 'booking-purchase',
  },
  {
    kind: 'Order from Omnium',
    recognisedBy: '`externalid` and the tag `omnium-orderid`',
    document: "Omnium's own, only patched",
    example: 'web-order-shipped',
  },
  {
    kind: 'Order that Omnium has from its built-in plugin',
    recognisedBy: 'found by order id or receipt number before it is created (settings `CutOverLookUpUntil`, `CutOverLookUpBy`)',
    document: "Omnium's: only what came back is added, and while it is open there what was delivered",
    example: 'imported-return',
  },
  {
    kind: 'Order of another system',
    recognisedBy: '`externalid` or no register, no tag',
    document: 'none: rejected (setting `ForeignOrders`)',
    example: 'own-export',
  },
  { kind: 'Cart of Omnium', recognisedBy: 'type 100 and the tag `weborder-cart`', document: 'none: skipped', example: 'omnium-cart' },
  { kind: 'Parked cart', recognisedBy: 'type 110', document: 'none: skipped', example: 'parked-cart' },
  { kind: 'Abandoned cart', recognisedBy: 'state -1', document: 'none: skipped', example: 'abandoned-cart' },
];

/** How refunds are read, each with the recorded case that shows it. */
export const returnRules: readonly { readonly rule: string; readonly example: string }[] = [
  {
    rule: 'One return form per refund receipt. Its id is made from the refund receipt alone, so forms never change places or ids.',
    example: 'return-repeated',
  },
  { rule: 'Rows belong to the sold line that `pos-originalsales-orderitemid` names.', example: 'return-partial' },
  {
    rule: 'Rows that name none belong to the lines of their SKU, as long as something is left of them.',
    example: 'return-by-sku-over-two-lines',
  },
  { rule: 'Rows of one line are one line of the form.', example: 'return-two-rows-of-one-line' },
  {
    rule: 'Asking for more than was sold and is not yet back refuses that refund with its sum; the others are written.',
    example: 'return-exceeds-sold',
  },
  { rule: 'The return is of the store that took it, the goods are where the rows say.', example: 'return-to-another-warehouse' },
  { rule: 'Amounts are those of the refund receipt, positive; its cash rounding is in the form.', example: 'return-cash-roundoff' },
  { rule: 'Fees that were paid back are lines of their own in the form.', example: 'return-with-delivery-fee' },
  {
    rule: 'Money paid back is a `Credit` under an id of the refund receipt; the till has paid, so Omnium is told not to.',
    example: 'return-split-payments',
  },
  {
    rule: 'A refund that was cancelled gives nothing back; one that is still open is refused until it is closed.',
    example: 'return-called-off',
  },
  {
    rule: 'A return that Omnium told Sitoo of (tag `omnium-orderid`) is not written again, and its units count.',
    example: 'web-order-return-told-by-omnium',
  },
  {
    rule: 'The same holds for a return that the built-in plugin brought to Omnium, on the order of the sale or as one of its own.',
    example: 'imported-return-told',
  },
];

const row = (...cells: readonly string[]) => `| ${cells.join(' | ')} |`;

/** `docs/orders.md`: the map of orders as tables, from the code that maps. */
export function renderOrdersPage(): string {
  return [
    INTRODUCTION,
    table(
      ['Kind', 'Recognised by', 'Omnium document', 'Example'],
      orderKinds.map(({ kind, recognisedBy, document, example }) => [kind, recognisedBy, document, `\`${example}\``]),
    ),
    '## Returns\n',
    table(
      ['Rule', 'Example'],
      returnRules.map(({ rule, example }) => [rule, `\`${example}\``]),
    ),
    '## States and statuses\n\nThe status is of the order type of the market; where Omnium has no such status for the type, the state before stands.\n',
    table(
      ['State', 'Status in Omnium', 'Without that status', 'Meaning'],
      stateNames().map((name) => [name, `\`${orderStates[name].status}\``, orderStates[name].before ?? '–', orderStates[name].meaning]),
    ),
    "## Shipments\n\nShipping methods by the tree of Omnium's own Sitoo import. A market without an option of the kind that is needed is an error that names the market.\n",
    table(
      ['Leaf', 'When', 'Option', 'First status'],
      Object.entries(shipmentLeaves).map(([leaf, { when, option, status }]) => [leaf, when, option, status]),
    ),
    'Deliveries in Sitoo move the shipment on. A delivery whose state nobody has told counts as `in-transit`, on a closed order\nas `delivered`; a state that was told once holds until a later one is. Only deliveries that left count as delivered.\n',
    table(
      ['Delivery in Sitoo', 'Shipment status', 'Order status of the shipment', 'Counts as delivered'],
      Object.entries(deliveryStates).map(([state, { shipment, order, isHandedOver }]) => [
        `\`${state}\``,
        `\`${shipment}\``,
        order ? `\`${order}\`` : 'that of the order',
        isHandedOver ? 'yes' : 'no',
      ]),
    ),
    MONEY,
    '## Refused, skipped, worth a look\n',
    table(
      ['Rejection', 'Meaning'],
      Object.entries(rejectionCodes).map(([code, text]) => [`\`${code}\``, text]),
    ),
    table(
      ['Skipped', 'Meaning'],
      Object.entries(skipCodes).map(([code, text]) => [`\`${code}\``, text]),
    ),
    table(
      ['Warning', 'Meaning'],
      Object.entries(warningCodes).map(([code, text]) => [`\`${code}\``, text]),
    ),
  ].join('\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return `${[row(...head), `|${head.map(() => '---').join('|')}|`, ...rows.map((cells) => row(...cells))].join('\n')}\n`;
}

function stateNames(): OrderStateName[] {
  const names: OrderStateName[] = [];
  for (const name in orderStates) if (isState(name)) names.push(name);
  return names;
}

function isState(name: string): name is OrderStateName {
  return name in orderStates;
}

const INTRODUCTION = `# What a Sitoo order becomes in Omnium

The unit is the family: a sale, the refunds that credit it and its deliveries are one Omnium document. Generated from the code that maps
(\`libs/mapping/src/order/docs/orders-page.ts\`); \`UPDATE_GOLDEN=1 nx run mapping:test --skip-nx-cache\` writes it again. The examples are
recorded cases in \`libs/mapping/src/order/fixtures\`. Who owns which field afterwards is in [field-ownership.md](field-ownership.md).

## Kinds of orders
`;

const MONEY = `## Money

- Figures are those of the receipts, as decimals; nothing is calculated again. The net total of a document is what its receipts say, to the cent.
- Rows that do not give the receipt's total: the total counts, the difference is in \`grossRoundoff\` and in the property \`SitooTotalsDifference\`,
  with a warning.
- Tenders: money taken is a \`Sale\`, held an \`Authorization\`, taken out of what is held a \`Capture\`, paid out a \`Credit\`. Change is taken off the
  tenders of its own method. A reservation that Sitoo dropped after its capture is told from the capture.
- What the halves of an exchange owe each other (\`virtual-payment\`) is a payment like any other, so that each document is whole, with the property
  \`SitooVirtualPayment\`: settlement leaves it out.
- Open orders and orders with money held or missing are written all the same; a warning says so.

## Orders from Omnium

Whoever puts an Omnium order into Sitoo writes \`externalid\` (letters, digits and \`-\` as they are, \`_\` as \`__\`, other bytes as \`_XX\`; an id that
gets longer than 40 characters is parked), and in additionaldata \`omnium-orderid\`, \`omnium-shipmentid\` (default \`1\`) and on each row
\`web-itemid\`, the Omnium line.
`;
