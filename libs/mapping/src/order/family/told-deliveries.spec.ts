import { latestDeliveryStates } from './told-deliveries';

const telling = (value: string) => ({
  orderForm: {
    shipments: [
      { shipmentId: '1', shippingMethodName: 'HomeDelivery', properties: [{ key: 'SitooDeliveries', value, keyGroup: 'Sitoo' }] },
    ],
  },
});
const states = (told: string, announced: [number, string][]) => [...latestDeliveryStates(telling(told), new Map(announced))];

test('what was announced once holds until something later is', () => {
  expect(states('10:delivered 11:in-transit', [])).toEqual([
    [10, 'delivered'],
    [11, 'in-transit'],
  ]);
  expect(states('10:in-transit', [[10, 'delivered']])).toEqual([[10, 'delivered']]);
});

test('an event that comes late takes nothing back', () => {
  expect(states('10:delivered', [[10, 'in-transit']])).toEqual([[10, 'delivered']]);
});

test('a state that nobody knows counts when it is announced, and is not read from a document', () => {
  expect(states('10:delivered', [[10, 'lost']])).toEqual([[10, 'lost']]);
  expect(states('10:lost nonsense', [])).toEqual([]);
});

test('without a document only what was announced is known', () => {
  expect([...latestDeliveryStates(undefined, new Map([[3, 'new']]))]).toEqual([[3, 'new']]);
});
