import type { TwinUnderTest } from '../testing/client';
import { startForTest } from '../testing/client';

let test: TwinUnderTest;
beforeAll(async () => {
  test = await startForTest();
});
afterAll(() => test.twin.stop());

const get = async (path: string) => (await test.call('GET', path)).body;

it('serves the stores, one of them by its id, and by a foreign id from either list', async () => {
  expect(await get('/api/Stores')).toMatchObject({
    totalHits: 3,
    result: [{ id: 'oslo-downtown' }, { id: 'bergen-sentrum' }, { id: 'trondheim-torg' }],
  });
  expect(await get('/api/Stores/bergen-sentrum')).toMatchObject({ id: 'bergen-sentrum', isWarehouse: true });
  expect(await get('/api/Stores/GetByExternalId?id=3')).toMatchObject({ totalHits: 1, result: [{ id: 'trondheim-torg' }] });
  expect(await get('/api/Stores/GetByExternalId?id=99')).toMatchObject({ totalHits: 0, result: [] });
  expect((await test.call('GET', '/api/Stores/harstad')).status).toBe(404);
});

it('serves markets with currency and tax', async () => {
  expect(await get('/api/Markets')).toMatchObject([
    { marketId: 'NOR', currency: 'NOK', countryCode: 'NO', defaultTaxRate: 25 },
    { marketId: 'SWE', currency: 'SEK', countryCode: 'SE' },
  ]);
});

it('serves shipment options of both delivery types for a market it knows', async () => {
  const options = [
    { shipmentDeliveryType: 'PickUp' },
    { shipmentDeliveryType: 'Delivery', isDefaultShipment: true },
    { shipmentDeliveryType: 'Delivery' },
  ];
  expect(await get('/api/ShipmentOptions/NOR/ShipmentOptions')).toMatchObject(options);
  expect(await get('/api/ShipmentOptions/DEN/ShipmentOptions')).toEqual([]);
});

it('serves order types with their statuses, and order settings as they are now', async () => {
  expect(await get('/api/Settings/OrderTypes')).toMatchObject([
    { name: 'PosSitoo', orderStatuses: expect.arrayContaining([expect.objectContaining({ name: 'Completed', isDeliveredStatus: true })]) },
    { name: 'Online-Delivery' },
    { name: 'Online-PickupInStore' },
  ]);
  test.twin.admin.changeSettings({ isOrderCalculatorRunOnImport: false });
  expect(await get('/api/Settings/OrderSettings')).toMatchObject({ isOrderCalculatorRunOnImport: false });
});

it('is healthy, without a violation in all of this', async () => {
  expect((await test.call('GET', '/api/Health')).status).toBe(200);
  expect(test.twin.admin.violations()).toEqual([]);
});
