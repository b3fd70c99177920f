import { closeScenes, failure, scene } from './scene.fixture';

afterEach(closeScenes);

const template = '/api/Something/{cartId}?full=true';

test('a document is read from the path that is given, with its id encoded', async () => {
  const { client, calls, events } = await scene(() => ({ status: 200, body: { id: 'a/b c' } }));
  expect(await client.document(template, { cartId: 'a/b c' })).toEqual({ id: 'a/b c' });
  expect(calls.map(({ method, url }) => `${method} ${url}`)).toEqual(['GET /api/Something/a%2Fb%20c?full=true']);
  expect(events.at(-1)).toMatchObject({ operation: 'document', statusClass: '2xx' });
});

test('one that does not exist is none', async () => {
  const { client } = await scene(() => ({ status: 404 }));
  expect(await client.document(template, { cartId: 'a' })).toBeUndefined();
});

test.each(['.', '..'])('an id that would lead to another path is none, without a call: %s', async (cartId) => {
  const { client, calls } = await scene(() => ({ status: 200, body: {} }));
  expect(await client.document(template, { cartId })).toBeUndefined();
  expect(calls).toEqual([]);
});

test.each([
  [{ status: 200, body: [] }, 'OMNIUM_BAD_ANSWER'],
  [{ status: 403, body: 'no' }, 'OMNIUM_FORBIDDEN'],
])('anything else is an error: %j', async (answer, code) => {
  const { client } = await scene(() => answer);
  expect(await failure(client.document(template, { cartId: 'a' }))).toMatchObject({ code });
});
