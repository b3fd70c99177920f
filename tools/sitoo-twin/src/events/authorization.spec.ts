import { authorization } from './authorization';

const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('the Authorization header', () => {
  it.each([
    ['A', 'Basic c2VjcmV0'],
    ['B', `Basic ${base64('sitoo:c2VjcmV0')}`],
    ['C', `Basic ${base64('c2VjcmV0')}`],
    ['D', 'Bearer c2VjcmV0'],
    ['bare', 'c2VjcmV0'],
  ] as const)('has form %s', (form, expected) => {
    expect(authorization(form, 'c2VjcmV0')).toEqual({ authorization: expected });
  });

  it('is absent without a token, or when the settings leave it out', () => {
    expect(authorization('A', undefined)).toEqual({});
    expect(authorization('none', 'c2VjcmV0')).toEqual({});
  });
});
