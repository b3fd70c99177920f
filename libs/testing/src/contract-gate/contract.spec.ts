import { join } from 'node:path';
import { Contract, loadContract } from './index';

const platform = (name: string) => join(__dirname, '../../../contracts/platforms', `${name}.yaml`);
let sitoo: Contract;
let catalog: Contract;
let omnium: Contract;

beforeAll(async () => {
  sitoo = await loadContract(platform('sitoo-orders'));
  catalog = await loadContract(platform('sitoo-catalog'));
  omnium = await loadContract(platform('omnium'), { caseInsensitive: true });
});

const get = (path: string, query = '') => sitoo.check({ method: 'GET', path, query: new URLSearchParams(query) });
const messages = (answer: { violations: { where: string; message: string }[] }) => answer.violations.map((v) => `${v.where}: ${v.message}`);

describe('routes', () => {
  it('names the operation and decodes its path parameters', () => {
    const answer = get('/sites/1/users/%7B102D%7D.json');
    expect(answer).toMatchObject({ operationId: 'getUser', params: { siteid: '1', userid: '{102D}' }, violations: [] });
  });

  it('reports a path the contract does not have', () => {
    expect(messages(get('/orders'))).toEqual(['route: no such path: /orders']);
  });

  it('reports a method the path does not offer', () => {
    expect(messages(sitoo.check({ method: 'DELETE', path: '/orders.json' }))).toEqual(['route: DELETE is not offered; the path knows get']);
  });

  it('leaves out paths that live on another server', () => {
    expect(messages(sitoo.check({ method: 'POST', path: '/events', body: [] }))).toEqual(['route: no such path: /events']);
  });

  it('prefers literal text over a parameter', () => {
    expect(omnium.check({ method: 'GET', path: '/api/Orders/GetOrders' }).operationId).toBe('OrdersGetOrders');
  });

  it('ignores case where the platform does', () => {
    const answer = omnium.check({ method: 'POST', path: '/API/orders/updatemany', query: { RunWorkflow: 'false' }, body: [] });
    expect(answer).toMatchObject({ operationId: 'OrdersUpdateMany', query: { runWorkflow: false }, violations: [] });
  });
});

describe('parameters', () => {
  it('reports a path parameter of the wrong type', () => {
    expect(messages(get('/sites/one/orders/5.json'))).toEqual(['path: /siteid must be integer']);
  });

  it('reports a filter the contract does not know', () => {
    expect(messages(get('/orders.json', 'datelastmodified-from=1'))).toEqual(["query: unknown parameter 'datelastmodified-from'"]);
  });

  it('reads comma lists, numbers and defaults as typed values', () => {
    const answer = get('/orders.json', 'orderid=1,2,3&num=100&fields=orderid,eshopid');
    expect(answer.violations).toEqual([]);
    expect(answer.query).toEqual({ orderid: [1, 2, 3], num: 100, start: 0, sort: '-orderid', fields: ['orderid', 'eshopid'] });
  });

  it.each([
    ['orderid=1,x', 'query: /orderid/1 must be integer'],
    ['orderid=1,,2', 'query: /orderid/1 must be integer'],
    ['num=0', 'query: /num must be >= 1'],
    ['sort=orderdate', 'query: /sort must be one of ["orderid","-orderid"]'],
    ['orderid=1&orderid=2', "query: parameter 'orderid' is repeated; only the last value counts"],
  ])('reports %s', (query, expected) => {
    expect(messages(get('/orders.json', query))).toEqual([expected]);
  });

  it('accepts a repeated parameter where the contract explodes the list', () => {
    const answer = omnium.check({ method: 'GET', path: '/api/Orders/GetOrders/ByIds', query: { ids: ['a', 'b'] } });
    expect(answer.query).toMatchObject({ ids: ['a', 'b'] });
    expect(answer.violations).toEqual([]);
  });

  it('reports a required parameter that is missing', () => {
    expect(messages(omnium.check({ method: 'POST', path: '/api/Token', query: { clientId: 'a' } }))).toEqual([
      "query: / must have required property 'clientSecret'",
    ]);
  });
});

describe('named schemas', () => {
  it('tells what is wrong with a document, and leaves open what the platform leaves open', () => {
    expect(sitoo.problemsOf('OrderRead', { orderid: 1, moneyfinal_net: '14.15', newfield: 1 })).toEqual([]);
    expect(sitoo.problemsOf('OrderRead', { orderid: 1, moneyfinal_net: 14.15 })).toEqual(['/moneyfinal_net must be string']);
  });

  it('lists the documented fields', () => {
    expect(catalog.fieldsOf('WarehouseRead')).toContain('warehousetype');
  });
});

describe('bodies', () => {
  const updateMany = (body: unknown, headers?: Record<string, string>) =>
    omnium.check({ method: 'POST', path: '/api/Orders/UpdateMany', headers, body });

  it('accepts a document that uses known fields', () => {
    const order = { id: 'a', created: '2026-03-02T14:11:09Z', orderForm: { lineItems: [{ lineItemId: '1', quantity: 2 }], payments: [] } };
    expect(updateMany([order], { 'content-type': 'application/json; charset=utf-8' }).violations).toEqual([]);
  });

  it('reports an unknown field at any depth with its place', () => {
    const order = { id: 'a', colour: 'red', orderForm: { lineItems: [{ lineItemId: '1', kvantity: 2 }] } };
    expect(messages(updateMany([order]))).toEqual([
      "body: /0/orderForm/lineItems/0 unknown field 'kvantity'",
      "body: /0 unknown field 'colour'",
    ]);
  });

  it('reports a wrong type without the noise of the null branch', () => {
    expect(messages(updateMany([{ id: 'a', orderForm: { lineItems: [{ lineItemId: '1', quantity: 'two' }] } }]))).toEqual([
      'body: /0/orderForm/lineItems/0/quantity must be number',
    ]);
  });

  it('sees the fields of every part of an allOf, and refuses others', () => {
    const order = { id: 'a', marketId: 'nor', orderNumber: 'a', storeId: 's', colour: 'red' };
    const answer = omnium.check({ method: 'PUT', path: '/api/Orders/PosOrders', body: order });
    expect(messages(answer)).toEqual(["body: / unknown field 'colour'"]);
  });

  it('reports a missing body, a body nobody asked for, and a wrong content type', () => {
    expect(messages(updateMany(undefined))).toEqual(['body: / a body is required']);
    expect(messages(sitoo.check({ method: 'GET', path: '/orders.json', body: {} }))).toEqual(['body: / this operation takes no body']);
    expect(messages(updateMany([], { 'content-type': 'text/plain' }))).toEqual(['body: / content-type must be application/json']);
  });

  it('refuses a read-only field on writes and does not require it', () => {
    const properties = { id: { type: 'integer', readOnly: true }, name: { type: 'string' } };
    const schema = { type: 'object', required: ['id', 'name'], properties };
    const post = { operationId: 'add', requestBody: { required: true, content: { 'application/json': { schema } } } };
    const contract = new Contract({ paths: { '/things': { post } } });
    const add = (body: unknown) => messages(contract.check({ method: 'POST', path: '/things', body }));
    expect(add({ name: 'a' })).toEqual([]);
    expect(add({ id: 1, name: 'a' })).toEqual(['body: /id is read-only']);
  });

  it('honours what the contract says about further fields', () => {
    const warehouse = { name: 'Reclaims', surprise: 1 };
    const answer = catalog.check({ method: 'PUT', path: '/sites/1/warehouses/4.json', body: warehouse });
    expect(messages(answer)).toEqual(["body: / unknown field 'surprise'"]);
    expect(sitoo.check({ method: 'PUT', path: '/sites/1/orders/4.json', body: { surprise: 1 } }).violations).toEqual([]);
  });

  it('never repeats a value that was sent', () => {
    const answer = updateMany([{ id: 'a', customerEmail: 12345678 }]);
    expect(messages(answer).join()).not.toContain('12345678');
  });
});
