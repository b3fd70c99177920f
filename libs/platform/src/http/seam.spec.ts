import { getEventListeners, once } from 'node:events';
import { createServer } from 'node:net';
import { inspect } from 'node:util';
import type { CallEvent, CallSpec } from './call';
import { CallError, isOutage } from './call-error';
import { asIs, AnswerMismatch } from './decode';
import type { CallGate, CallResult } from './gate';
import { startScriptedServer, type Answer } from './scripted-server.fixture';
import { createHttpSeam, type HttpSeam, type HttpSeamOptions } from './seam';

const quick = { maxAttempts: 4, baseMs: 1, maxMs: 2 };
const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

/** A gate that admits at once and remembers how each call went. */
function recordingGate(keys: number[] = [0]) {
  const results: CallResult[] = [];
  const gate: CallGate = {
    enter: async () => ({
      key: keys.length > 1 ? (keys.shift() ?? 0) : (keys[0] ?? 0),
      waitedMs: 0,
      leave: async (result) => void results.push(result),
    }),
  };
  return { gate, results };
}

interface Scene {
  seam: HttpSeam;
  server: Awaited<ReturnType<typeof startScriptedServer>>;
  results: CallResult[];
  events: CallEvent[];
}

async function scene(
  answers: Answer[] | ((index: number) => Answer),
  options: Partial<HttpSeamOptions> = {},
  keys?: number[],
): Promise<Scene> {
  const server = await startScriptedServer((_, index) => (Array.isArray(answers) ? (answers[index] ?? { status: 500 }) : answers(index)));
  const { gate, results } = recordingGate(keys);
  const events: CallEvent[] = [];
  const seam = createHttpSeam({
    target: 'sitoo',
    baseURL: `${server.url}/v2/`,
    timeoutMs: 5_000,
    headers: {},
    gate,
    retry: false,
    circuit: false,
    onCall: (event) => events.push(event),
    ...options,
  });
  open.push(server.close, () => seam.close());
  return { seam, server, results, events };
}

function spec(overrides: Partial<CallSpec<unknown>> = {}): CallSpec<unknown> {
  return { operation: 'orders.list', method: 'GET', path: '/orders.json', class: 'sale', safeToRepeat: true, decode: asIs, ...overrides };
}

async function failure(call: Promise<unknown>): Promise<CallError> {
  const error: unknown = await call.then(
    () => new Error('the call succeeded'),
    (reason: unknown) => reason,
  );
  if (error instanceof CallError) return error;
  throw error;
}

/** A port on which nothing listens. */
async function deadPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

describe('a call', () => {
  it('sends query, JSON body, custom headers and authorisation, and returns decoded data', async () => {
    const { seam, server } = await scene([{ status: 200, body: { totalcount: 1 }, headers: { 'X-Rate': '7' } }], {
      headers: { 'X-Tenant': 'shop' },
      authorise: (key) => `Basic key-${key}`,
    });
    const answer = await seam.call(spec({ method: 'POST', query: { orderid: '1,2', ids: ['a b', 'c'], none: undefined }, body: { a: 1 } }));
    expect(answer).toMatchObject({ status: 200, data: { totalcount: 1 }, headers: { 'x-rate': '7' } });
    expect(server.seen[0]).toMatchObject({
      method: 'POST',
      url: '/v2/orders.json?orderid=1,2&ids=a%20b&ids=c',
      body: '{"a":1}',
      headers: { 'x-tenant': 'shop', authorization: 'Basic key-0', 'content-type': 'application/json' },
    });
  });

  it('reads an empty answer as undefined', async () => {
    const { seam } = await scene([{ status: 204 }]);
    await expect(seam.call(spec())).resolves.toMatchObject({ status: 204, data: undefined });
  });

  it('uses one connection for calls one after another', async () => {
    const { seam, server } = await scene(() => ({ status: 200, body: {} }));
    for (let call = 0; call < 3; call += 1) await seam.call(spec());
    expect(server.connections()).toBe(1);
  });

  it('refuses custom headers that name Authorization', () => {
    const options = {
      target: 'sitoo',
      baseURL: 'http://127.0.0.1',
      timeoutMs: 1,
      headers: { ' AUTHORIZATION': 'x' },
      retry: false,
    } as const;
    expect(() => createHttpSeam({ ...options, gate: recordingGate().gate })).toThrow(/may not name Authorization/);
  });
});

describe('error classes', () => {
  it.each([
    [400, 'SITOO_REJECTED', false, false],
    [401, 'SITOO_UNAUTHORISED', false, false],
    [403, 'SITOO_FORBIDDEN', false, false],
    [404, 'SITOO_NOT_FOUND', false, false],
    [409, 'SITOO_CONFLICT', true, false],
    [413, 'SITOO_REJECTED', false, false],
    [429, 'SITOO_THROTTLED', true, false],
    [500, 'SITOO_SERVER_ERROR', true, true],
    [503, 'SITOO_SERVER_ERROR', true, true],
    [302, 'SITOO_BAD_ANSWER', true, true],
  ])('translates %i of a write into %s', async (status, code, retryable, outcomeUnknown) => {
    const { seam } = await scene([{ status, body: { statuscode: status, errortext: 'no' }, headers: { Location: '/elsewhere' } }]);
    expect(await failure(seam.call(spec({ method: 'POST' })))).toMatchObject({ code, retryable, outcomeUnknown, status });
  });

  it('knows that a failed read leaves nothing unclear', async () => {
    const { seam } = await scene([{ status: 500 }]);
    expect(await failure(seam.call(spec()))).toMatchObject({ code: 'SITOO_SERVER_ERROR', outcomeUnknown: false });
  });

  it('calls a silent server a time-out with unknown outcome for a write', async () => {
    const { seam } = await scene(['hang'], { timeoutMs: 50 });
    expect(await failure(seam.call(spec({ method: 'PUT' })))).toMatchObject({
      code: 'SITOO_TIMEOUT',
      retryable: true,
      outcomeUnknown: true,
    });
  });

  it.each(['reset', 'cut-off'] as const)('calls a %s connection unreachable with unknown outcome for a write', async (how) => {
    const { seam } = await scene([how]);
    expect(await failure(seam.call(spec({ method: 'PUT' })))).toMatchObject({
      code: 'SITOO_UNREACHABLE',
      retryable: true,
      outcomeUnknown: true,
    });
  });

  it('knows that a refused connection did nothing', async () => {
    const { seam } = await scene([], { baseURL: `http://127.0.0.1:${await deadPort()}` });
    expect(await failure(seam.call(spec({ method: 'PUT' })))).toMatchObject({ code: 'SITOO_UNREACHABLE', outcomeUnknown: false });
  });

  it('knows that an unknown host did nothing', async () => {
    const { seam } = await scene([], { baseURL: 'http://nowhere.invalid' });
    expect(await failure(seam.call(spec({ method: 'PUT' })))).toMatchObject({ code: 'SITOO_UNREACHABLE', outcomeUnknown: false });
  });

  it('calls text instead of JSON a bad answer', async () => {
    const { seam } = await scene([{ status: 200, body: '<html>maintenance</html>' }]);
    const error = await failure(seam.call(spec()));
    expect(error.code).toBe('SITOO_BAD_ANSWER');
    expect(error.message).not.toContain('html');
  });

  it('calls an answer that fails its check a bad answer and says where', async () => {
    const { seam } = await scene([{ status: 200, body: {} }]);
    const decode = () => {
      throw new AnswerMismatch('items is no list');
    };
    expect(await failure(seam.call(spec({ decode })))).toMatchObject({
      code: 'SITOO_BAD_ANSWER',
      message: 'sitoo orders.list: items is no list',
    });
  });

  it('uses the codes of the other platform for the other platform', async () => {
    const { seam } = await scene([{ status: 429 }], { target: 'omnium' });
    expect(await failure(seam.call(spec()))).toMatchObject({ code: 'OMNIUM_THROTTLED' });
  });

  it('counts the target being away as an outage and a refusal not', async () => {
    const { seam } = await scene([{ status: 503 }, { status: 429 }, { status: 400 }, { status: 401 }]);
    const outages = [];
    for (let call = 0; call < 4; call += 1) outages.push(isOutage(await failure(seam.call(spec()))));
    expect(outages).toEqual([true, true, false, false]);
    expect(isOutage(new Error('wrapped', { cause: new CallError('sitoo', 'x', 'TIMEOUT', 'late', { retryable: true }) }))).toBe(true);
  });
});

describe('repeats', () => {
  it('succeeds on the third call when the first two answer 503', async () => {
    const { seam, server } = await scene([{ status: 503 }, { status: 503 }, { status: 200, body: 'true' }], { retry: quick });
    await expect(seam.call(spec())).resolves.toMatchObject({ data: true });
    expect(server.seen).toHaveLength(3);
  });

  it('makes one call when the standard error policy is switched off', async () => {
    const { seam, server } = await scene([{ status: 503 }, { status: 200 }]);
    await failure(seam.call(spec()));
    expect(server.seen).toHaveLength(1);
  });

  it('repeats a write that is not safe to repeat after a 429', async () => {
    const { seam, server } = await scene([{ status: 429, headers: { 'Retry-After': '0' } }, { status: 200 }], { retry: quick });
    await seam.call(spec({ method: 'POST', safeToRepeat: false }));
    expect(server.seen).toHaveLength(2);
  });

  it('does not repeat a write that is not safe to repeat after a 500', async () => {
    const { seam, server } = await scene([{ status: 500 }, { status: 200 }], { retry: quick });
    expect(await failure(seam.call(spec({ method: 'POST', safeToRepeat: false })))).toMatchObject({ outcomeUnknown: true });
    expect(server.seen).toHaveLength(1);
  });

  it('keeps the outcome unclear when a later attempt was refused', async () => {
    const { seam } = await scene(['reset', { status: 400 }], { retry: quick });
    expect(await failure(seam.call(spec({ method: 'PUT' })))).toMatchObject({ code: 'SITOO_REJECTED', outcomeUnknown: true });
  });

  it('gives the wait back to its caller when the target names a time beyond the deadline', async () => {
    const { seam, server } = await scene([{ status: 429, headers: { 'Retry-After': '120' } }], { retry: quick });
    expect(await failure(seam.call(spec()))).toMatchObject({ code: 'SITOO_THROTTLED', retryAfterMs: 120_000 });
    expect(server.seen).toHaveLength(1);
  });

  it('ends at its deadline', async () => {
    const { seam } = await scene(() => 'hang', { retry: quick, deadlineMs: 60 });
    expect(await failure(seam.call(spec()))).toMatchObject({ code: 'SITOO_TIMEOUT' });
  });

  it('is cancelled by the signal of its caller', async () => {
    const { seam, server } = await scene(() => 'hang', { retry: quick });
    const controller = new AbortController();
    const call = failure(seam.call(spec({ method: 'POST', signal: controller.signal })));
    while (server.seen.length === 0) await new Promise((resolve) => setImmediate(resolve));
    controller.abort();
    expect(await call).toMatchObject({ code: 'SITOO_CANCELLED', outcomeUnknown: true });
  });

  it('leaves nothing behind on the signal of its caller', async () => {
    const { seam } = await scene([{ status: 200 }, { status: 400 }]);
    const { signal } = new AbortController();
    await seam.call(spec({ signal }));
    await failure(seam.call(spec({ signal })));
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it('tries the other keys when one is refused', async () => {
    const authorise = (key: number) => `key-${key}`;
    const { seam, server } = await scene([{ status: 401 }, { status: 200 }], { retry: quick, keyCount: 2, authorise }, [0, 1]);
    await seam.call(spec());
    expect(server.seen.map((request) => request.headers.authorization)).toEqual(['key-0', 'key-1']);
  });
});

describe('what the gate hears', () => {
  it.each<[string, Answer, CallResult]>([
    [
      'an answer',
      { status: 404, headers: { 'X-A': '1' } },
      { kind: 'answered', status: 404, headers: expect.objectContaining({ 'x-a': '1' }) },
    ],
    ['a quota 429', { status: 429 }, { kind: 'throttled', retryAt: undefined, headers: expect.anything() }],
    [
      'a 429 for a second connection',
      { status: 429, body: { statuscode: 429, errortext: 'Too many connections' } },
      { kind: 'too-many-connections' },
    ],
    ['a refused key', { status: 403 }, { kind: 'refused', status: 403 }],
    ['no answer', 'reset', { kind: 'no-answer' }],
  ])('%s', async (_, answer, result) => {
    const { seam, results } = await scene([answer]);
    await failure(seam.call(spec()));
    expect(results).toEqual([result]);
  });

  it('hears when the quota comes back', async () => {
    const at = Math.ceil(Date.now() / 1000) + 90;
    const { seam, results } = await scene([{ status: 429, headers: { 'X-Rate-Limit-Reset': String(at) } }]);
    await failure(seam.call(spec()));
    // The time is reckoned from two readings of the clock.
    const [result] = results;
    expect(result?.kind).toBe('throttled');
    expect(Math.abs((result?.kind === 'throttled' ? (result.retryAt ?? 0) : 0) - at * 1000)).toBeLessThan(1_000);
  });

  it('does not take an expired Omnium token for a bad key', async () => {
    const { seam, results } = await scene([{ status: 401 }], { target: 'omnium' });
    await failure(seam.call(spec()));
    expect(results).toMatchObject([{ kind: 'answered', status: 401 }]);
  });

  it('hears about every attempt', async () => {
    const { seam, results } = await scene([{ status: 503 }, 'reset', { status: 200 }], { retry: quick });
    await seam.call(spec());
    expect(results.map((result) => result.kind)).toEqual(['answered', 'no-answer', 'answered']);
  });

  it('may fail to listen without failing the call', async () => {
    const gate: CallGate = { enter: async () => ({ key: 0, waitedMs: 0, leave: async () => Promise.reject(new Error('redis away')) }) };
    const { seam } = await scene([{ status: 200 }], { gate });
    await expect(seam.call(spec())).resolves.toMatchObject({ status: 200 });
  });

  it('sends nothing when no permission comes before the deadline', async () => {
    const gate: CallGate = {
      enter: ({ signal }) => new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason), { once: true })),
    };
    const { seam, server } = await scene([], { gate, deadlineMs: 30 });
    const error = await failure(seam.call(spec({ method: 'POST' })));
    expect(error).toMatchObject({ code: 'SITOO_NOT_ADMITTED', outcomeUnknown: false });
    expect(server.seen).toHaveLength(0);
  });
});

describe('events', () => {
  it('are one per attempt with status class, code and times', async () => {
    const { seam, events } = await scene([{ status: 503 }, 'reset', { status: 200 }], { retry: quick });
    await seam.call(spec());
    const common = {
      target: 'sitoo',
      operation: 'orders.list',
      class: 'sale',
      waitedMs: expect.any(Number),
      durationMs: expect.any(Number),
    };
    expect(events).toEqual([
      { ...common, attempt: 1, statusClass: '5xx', code: 'SITOO_SERVER_ERROR' },
      { ...common, attempt: 2, statusClass: 'none', code: 'SITOO_UNREACHABLE' },
      { ...common, attempt: 3, statusClass: '2xx', code: undefined },
    ]);
  });

  it('cannot fail the call', async () => {
    const onCall = () => {
      throw new Error('metrics broken');
    };
    const { seam } = await scene([{ status: 200 }], { onCall });
    await expect(seam.call(spec())).resolves.toMatchObject({ status: 200 });
  });
});

describe('the circuit', () => {
  const circuit = { failures: 3, restMs: 10_000 };

  it('opens after failures in a row, sends nothing, and lets one call through after its rest', async () => {
    let healthy = false;
    const { seam, server } = await scene(() => ({ status: healthy ? 200 : 503 }), { circuit });
    const states: string[] = [];
    const dispose = seam.circuit?.onChange((state) => states.push(state));
    for (let call = 0; call < 3; call += 1) await failure(seam.call(spec()));
    const error = await failure(seam.call(spec({ method: 'POST' })));
    expect(error).toMatchObject({ code: 'SITOO_CIRCUIT_OPEN', outcomeUnknown: false });
    expect(error.retryAfterMs).toBeGreaterThan(9_000);
    expect(isOutage(error)).toBe(true);
    expect(server.seen).toHaveLength(3);

    healthy = true;
    const later = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 10_001);
    await seam.call(spec());
    later.mockRestore();
    expect(states).toEqual(['open', 'half-open', 'closed']);
    dispose?.();
  });

  it('stays closed when refusals and throttling come in between, since the target is there', async () => {
    const answers = [503, 503, 400, 503, 503, 429, 503, 503].map((status) => ({ status }));
    const { seam, server } = await scene(answers, { circuit });
    for (let call = 0; call < answers.length; call += 1) await failure(seam.call(spec()));
    expect(server.seen).toHaveLength(answers.length);
    expect(seam.circuit?.state).toBe('closed');
  });
});

describe('redaction', () => {
  const planted = ['PLANTED-TOKEN', 'PLANTED-QUERY', 'PLANTED-BODY', 'PLANTED-HEADER', 'PLANTED-ANSWER', 'PLANTED-PATH'];
  const answers: [string, Answer][] = [
    ['a refusal', { status: 400, body: { errortext: 'PLANTED-ANSWER' } }],
    ['a server error', { status: 500, body: 'PLANTED-ANSWER' }],
    ['text instead of JSON', { status: 200, body: 'PLANTED-ANSWER {' }],
    ['a redirect', { status: 302, headers: { Location: 'http://127.0.0.1/PLANTED-ANSWER' } }],
    ['a reset', 'reset'],
    ['a cut-off answer', 'cut-off'],
    ['a time-out', 'hang'],
  ];

  it.each(answers)('keeps tokens, addresses and bodies out of the error after %s', async (_, answer) => {
    const { seam, events } = await scene([answer], {
      timeoutMs: 50,
      headers: { 'X-Custom': 'PLANTED-HEADER' },
      authorise: () => 'PLANTED-TOKEN',
    });
    const call = spec({ method: 'POST', path: '/PLANTED-PATH', query: { clientSecret: 'PLANTED-QUERY' }, body: { name: 'PLANTED-BODY' } });
    const error = await failure(seam.call(call));
    const shown = [
      String(error),
      error.stack,
      JSON.stringify(error),
      inspect(error, { depth: Infinity, showHidden: true }),
      JSON.stringify(events),
    ];
    for (const secret of planted) expect(shown.join('\n')).not.toContain(secret);
  });

  it('keeps them out when no connection came about', async () => {
    const { seam } = await scene([], { baseURL: 'http://planted-host.invalid/PLANTED-PATH', authorise: () => 'PLANTED-TOKEN' });
    const error = await failure(seam.call(spec({ query: { a: 'PLANTED-QUERY' } })));
    expect(inspect(error, { depth: Infinity, showHidden: true })).not.toMatch(/planted/i);
  });

  it('hands the reason of a refusal out on request, with addresses and numbers masked', async () => {
    const { seam } = await scene([{ status: 400, body: { errortext: "Invalid field 'sku' for liv@example.com +4798765432" } }]);
    expect((await failure(seam.call(spec()))).answerText()).toBe("Invalid field 'sku' for …@… +…");
  });

  it('cuts a long reason after it was masked, so that no half of an address is left', async () => {
    const { seam } = await scene([{ status: 400, body: { errortext: `${'x '.repeat(246)}liv.andersen@example.com and more text` } }]);
    const text = (await failure(seam.call(spec()))).answerText();
    expect(text).toHaveLength(500);
    expect(text).toMatch(/x …@… and…$/);
  });
});
