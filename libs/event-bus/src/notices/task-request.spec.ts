import type { TaskRequest } from '@connector/contracts';
import { encodeNotice } from './envelope';
import { decodeTaskRequest } from './task-request';

const request: TaskRequest = { task: 'order-reconciliation', tenant: 'DevShop', market: 'NOR', requestedAt: 5_000, by: 'gateway' };
const record = (value: unknown, headers: Record<string, string> = {}) => ({
  key: Buffer.from('DevShop/NOR/order-reconciliation'),
  value: Buffer.from(JSON.stringify(value)),
  headers,
  timestamp: 6_000,
});

test('a request is a notice whose fact says who asked, when and for how much', () => {
  expect(decodeTaskRequest(record(request))).toMatchObject({
    ok: true,
    notice: { key: { id: 'order-reconciliation' }, facts: [{ kind: 'gateway', at: 5_000 }], meta: { attempt: 0, firstSeenAt: 6_000 } },
  });
  expect(decodeTaskRequest(record({ ...request, scope: 'sweep' }))).toMatchObject({ ok: true, notice: { facts: [{ event: 'sweep' }] } });
});

test('requests for different scopes are different facts', () => {
  const [one, other] = [request, { ...request, scope: 'sweep' }].map((value) => decodeTaskRequest(record(value)));
  if (!one?.ok || !other?.ok) throw new Error('not read');
  expect(one.notice.facts[0]?.id).not.toBe(other.notice.facts[0]?.id);
});

test('what comes back from a delay is a notice with the facts it had', () => {
  const facts = [{ id: 'a', kind: 'schedule', at: 1, event: 'sweep' }];
  const { value, headers } = encodeNotice(facts, { source: 'delay', attempt: 2, deferrals: 0, firstSeenAt: 1, targetGroup: 'g' });
  expect(decodeTaskRequest(record(JSON.parse(value.toString()), headers))).toMatchObject({
    ok: true,
    notice: { facts, meta: { attempt: 2, targetGroup: 'g' } },
  });
});

test.each([[{}], [{ ...request, task: 7 }], [{ ...request, more: 1 }], ['text']])('%j cannot be read', (value) => {
  expect(decodeTaskRequest(record(value))).toMatchObject({ ok: false, code: 'NOTICE_MALFORMED' });
});
