import { applyPatch } from './patch';

const document = {
  status: 'Completed',
  customerName: 'Liv',
  tags: ['sitoo'],
  properties: [
    { key: 'a', value: '1' },
    { key: 'b', value: '2', keyGroup: 'g' },
  ],
  externalIds: [{ providerName: 'SitooOrderId', id: '1' }],
  orderForm: {
    grossRoundoff: 0.4,
    lineItems: [
      { lineItemId: '1', quantity: 2, comment: 'staff' },
      { lineItemId: '2', quantity: 1 },
    ],
    payments: [{ id: 'p1', amount: 10 }],
  },
};

it('changes what is sent and leaves the rest, null counting as not sent', () => {
  expect(applyPatch(document, { status: 'Returned', customerName: null })).toEqual({ ...document, status: 'Returned' });
});

it('sets a field to null only when forceUpdate names it', () => {
  expect(applyPatch(document, { forceUpdate: ['customerName'] })).toEqual({ ...document, customerName: null });
});

it('merges properties by key, or replaces the list when told', () => {
  const properties = [
    { key: 'b', value: '3' },
    { key: 'c', value: '4' },
  ];
  expect(applyPatch(document, { properties }).properties).toEqual([{ key: 'a', value: '1' }, ...properties]);
  expect(applyPatch(document, { properties, keepExistingCustomProperties: false }).properties).toEqual(properties);
});

it('removes properties that match a condition before it adds', () => {
  const patch = { propertiesRemovalConditions: [{ keyGroup: 'g' }], properties: [{ key: 'b', value: '9' }] };
  expect(applyPatch(document, patch).properties).toEqual([
    { key: 'a', value: '1' },
    { key: 'b', value: '9' },
  ]);
  expect(applyPatch(document, { propertiesRemovalConditions: [{ key: 'a', value: 'other' }, {}] }).properties).toEqual(document.properties);
});

it('adds items without a key of their own once, or replaces the list when told', () => {
  const externalIds = [...document.externalIds, { providerName: 'ERP', id: '2' }];
  expect(applyPatch(document, { externalIds }).externalIds).toEqual(externalIds);
  expect(applyPatch(document, { tags: ['x', 'sitoo'] }).tags).toEqual(['sitoo', 'x']);
  expect(applyPatch(document, { tags: ['x'], keepExistingListItems: false }).tags).toEqual(['x']);
});

it('patches lines by their id and keeps what the patch does not name', () => {
  const { orderForm } = applyPatch(document, { orderForm: { lineItems: [{ lineItemId: '1', returnQuantity: 1, comment: null }] } });
  expect(orderForm).toEqual({
    ...document.orderForm,
    lineItems: [
      { lineItemId: '1', quantity: 2, comment: 'staff', returnQuantity: 1 },
      { lineItemId: '2', quantity: 1 },
    ],
  });
});

it('updates a payment by its id, adds a new one, and appends one without id every time', () => {
  const patch = { orderForm: { payments: [{ id: 'p1', amount: 11 }, { id: 'p2', amount: 5 }, { amount: 1 }] } };
  const once = applyPatch(document, patch);
  expect(once.orderForm).toMatchObject({ payments: [{ id: 'p1', amount: 11 }, { id: 'p2', amount: 5 }, { amount: 1 }] });
  expect(applyPatch(once, patch).orderForm).toMatchObject({ payments: [{ id: 'p1' }, { id: 'p2' }, { amount: 1 }, { amount: 1 }] });
});

describe('return forms', () => {
  const form = { returnId: 'r1', lineItems: [{ lineItemId: '1', quantity: 1 }] };
  const returned = applyPatch(document, { returnOrderForms: [form] });

  it('are added with all their lines', () => {
    expect(returned.returnOrderForms).toEqual([form]);
  });

  it('take up further lines only when the patch asks for it', () => {
    const more = { returnId: 'r1', lineItems: [{ lineItemId: '2', quantity: 1 }] };
    expect(applyPatch(returned, { returnOrderForms: [more] }).returnOrderForms).toEqual([form]);
    const asked = applyPatch(returned, { returnOrderForms: [{ ...more, shouldAddMissingLineItems: true }] });
    expect(asked.returnOrderForms).toEqual([{ ...form, lineItems: [...form.lineItems, ...more.lineItems] }]);
  });

  it('have their lines replaced when the patch asks for it', () => {
    const replacing = { returnId: 'r1', replaceLineItemsArray: true, lineItems: [{ lineItemId: '2' }] };
    expect(applyPatch(returned, { returnOrderForms: [replacing] }).returnOrderForms).toEqual([
      { returnId: 'r1', lineItems: [{ lineItemId: '2' }] },
    ]);
  });
});

it('stores none of the fields that only steer the patch', () => {
  expect(applyPatch(document, { id: 'other', keepExistingListItems: true, ignorePromotions: true, customerGroups: ['x'] })).toEqual(
    document,
  );
});
