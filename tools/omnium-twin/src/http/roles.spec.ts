import { mayCall } from './roles';
import { operations } from '../routes/operations';

it('lets an ApiOwner do everything', () => {
  expect(Object.keys(operations).filter((operation) => !mayCall(['ApiOwner'], operation))).toEqual([]);
});

it('counts a resource admin as its reader, not the other way round', () => {
  expect(mayCall(['OrderAdmin'], 'OrdersGet')).toBe(true);
  expect(mayCall(['OrderRead'], 'OrdersGet')).toBe(true);
  expect(mayCall(['OrderRead'], 'OrdersUpdateMany')).toBe(false);
  expect(mayCall(['OrderAdmin'], 'GetAllStores')).toBe(false);
});

it('asks for a role on every served operation but the health check', () => {
  expect(Object.keys(operations).filter((operation) => mayCall([], operation))).toEqual(['HealthHealth']);
});
