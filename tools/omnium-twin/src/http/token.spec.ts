import { StillClock } from '../testing/clock';
import { Tokens } from './token';

const subject = { tenantId: 'DevShop', clientId: 'connector' };

it('reads back whom a token was issued to', () => {
  const tokens = new Tokens(new StillClock());
  expect(tokens.read(`Bearer ${tokens.issue(subject, 60)}`)).toEqual(subject);
});

it('carries its expiry in the exp claim and is refused from that second on', () => {
  const clock = new StillClock();
  const tokens = new Tokens(clock);
  const token = tokens.issue(subject, 864_000);
  const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  expect(claims.exp * 1000).toBe(clock.now() + 864_000_000);
  clock.advance(863_999_000);
  expect(tokens.read(`Bearer ${token}`)).toEqual(subject);
  clock.advance(1_000);
  expect(tokens.read(`Bearer ${token}`)).toBeUndefined();
});

it.each([undefined, '', 'Bearer', 'Bearer abc', 'Basic YTpi', 'Bearer a.b.c'])('refuses %p', (authorization) => {
  expect(new Tokens(new StillClock()).read(authorization)).toBeUndefined();
});

it('refuses a token of another twin and a token with changed claims', () => {
  const clock = new StillClock();
  const tokens = new Tokens(clock);
  expect(new Tokens(clock).read(`Bearer ${tokens.issue(subject, 60)}`)).toBeUndefined();
  const [header, , signature] = tokens.issue(subject, 60).split('.');
  const claims = Buffer.from(JSON.stringify({ sub: 'x', tenant: 'y', gen: 0, exp: 9e9 })).toString('base64url');
  expect(tokens.read(`Bearer ${header}.${claims}.${signature}`)).toBeUndefined();
});

it('refuses every earlier token once they are revoked', () => {
  const tokens = new Tokens(new StillClock());
  const before = tokens.issue(subject, 60);
  tokens.revokeAll();
  expect(tokens.read(`Bearer ${before}`)).toBeUndefined();
  expect(tokens.read(`Bearer ${tokens.issue(subject, 60)}`)).toEqual(subject);
});
