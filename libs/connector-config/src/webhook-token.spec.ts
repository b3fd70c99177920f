import fc from 'fast-check';
import { Secret } from './secret';
import { tokenMatches, webhookTokenForms } from './webhook-token';

const token = 'a-long-random-webhook-key';
const encode = (text: string): string => Buffer.from(text).toString('base64');

describe('tokenMatches', () => {
  it.each(webhookTokenForms(token))('accepts the form $form', ({ form, header }) => {
    expect(tokenMatches(header, [new Secret(token)])).toEqual({ matched: true, form });
  });

  it('accepts a token that was entered as base64 of user and password, as it is', () => {
    const entered = encode('connector:s3cret');
    expect(tokenMatches(`Basic ${entered}`, [new Secret(entered)])).toEqual({ matched: true, form: 'basic-raw' });
  });

  it('accepts a token that was entered as user and password, encoded on the way', () => {
    expect(tokenMatches(`Basic ${encode('connector:s3cret')}`, [new Secret('connector:s3cret')])).toEqual({
      matched: true,
      form: 'basic-decoded',
    });
  });

  it('accepts any user before the token', () => {
    expect(tokenMatches(`Basic ${encode(`someone:${token}`)}`, [new Secret(token)])).toEqual({ matched: true, form: 'basic-password' });
  });

  it('reads the scheme in any case', () => {
    expect(tokenMatches(`bAsIc ${token}`, [new Secret(token)]).form).toBe('basic-raw');
    expect(tokenMatches(`BEARER ${token}`, [new Secret(token)]).form).toBe('bearer');
  });

  it('accepts each of two live tokens and nothing once both are gone', () => {
    const live = [new Secret('the-new-webhook-key'), new Secret('the-old-webhook-key')];
    expect(tokenMatches('Bearer the-new-webhook-key', live).matched).toBe(true);
    expect(tokenMatches('Bearer the-old-webhook-key', live).matched).toBe(true);
    expect(tokenMatches('Bearer the-old-webhook-key', live.slice(0, 1)).matched).toBe(false);
    expect(tokenMatches('Bearer the-new-webhook-key', [])).toEqual({ matched: false });
  });

  it.each([
    undefined,
    '',
    'Basic ',
    'Bearer ',
    'Basic',
    `Basic ${token}x`,
    `Digest ${token}`,
    `Basic ${encode(`${token}:x`)}`,
    ` ${token}`,
    token.toUpperCase(),
  ])('turns away %s', (header) => {
    expect(tokenMatches(header, [new Secret(token)])).toEqual({ matched: false });
  });

  it('turns an empty credential away even when an empty token is live', () => {
    for (const header of ['Basic ', 'Bearer ', 'Basic Og==', '']) expect(tokenMatches(header, [new Secret('')]).matched).toBe(false);
  });

  it('accepts every form of any token (without spaces around it, which HTTP takes off) and no form of another one', () => {
    const tokens = fc.string({ minLength: 1 }).filter((text) => text === text.trim() && !/^(basic|bearer) /i.test(text));
    fc.assert(
      fc.property(tokens, tokens, (mine, other) => {
        for (const { header } of webhookTokenForms(mine)) {
          expect(tokenMatches(header, [new Secret(mine)]).matched).toBe(true);
          const carried = webhookTokenForms(other).map((form) => form.header);
          if (mine !== other && !carried.includes(header)) expect(tokenMatches(header, [new Secret(`${other}-other`)]).matched).toBe(false);
        }
      }),
    );
  });
});
