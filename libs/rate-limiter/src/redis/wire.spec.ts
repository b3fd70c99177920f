import { someAsk, someDone } from '../testing/asks';
import { decodeReply, encodeAsk } from './wire';

const reply =
  '{"stale":false,"tick":3,"grants":[["1-3","k1",4,99,3],["1-2","k1",4,250,2]],"again":-1,"width":1,"keys":[[700000,0,0,1]],"waiting":[0,1],"used":{},"procs":1}';

describe('the exchange on the wire', () => {
  it('sends the ask with short names', () => {
    const ask = someAsk({
      held: [{ id: '1', key: 'k', w: 2 }],
      done: [someDone('2', 'k', 'lost'), someDone('3', 'k', 'throttled', { forUs: 5 })],
      empty: true,
    });
    expect(JSON.parse(encodeAsk(ask))).toEqual({
      p: 'a',
      s: 1,
      t: 0,
      e: 1,
      h: [['1', 'k', 2]],
      d: [
        ['2', 'k', 0, 'lost', -1],
        ['3', 'k', 0, 'throttled', -1, 5, -1, -1],
      ],
      n: [0, 0, 0, 0, 0, 0],
      a: [0, 0, 0, 0, 0, 0],
    });
  });

  it('reads the reply, in the order of issue, also an empty Lua table', () => {
    expect(decodeReply(reply)).toMatchObject({
      tick: 3,
      grants: [
        { id: '1-2', key: 'k1', w: 4, inUs: 250 },
        { id: '1-3', key: 'k1', w: 4, inUs: 99 },
      ],
      keys: [{ factorPpm: 700_000, blockedUs: 0, benchedUs: 0, inFlight: 1 }],
      used: [],
    });
  });

  it.each([
    [null],
    ['[]'],
    ['{}'],
    [reply.replace('"tick":3', '"tick":"3"')],
    [reply.replace('"1-2"', '12')],
    [reply.replace('{}', '{"a":1}')],
  ])('refuses what it does not understand (%s)', (raw) => {
    expect(() => decodeReply(raw)).toThrow(expect.objectContaining({ code: 'LIMITER_REPLY_UNREADABLE' }));
  });
});
