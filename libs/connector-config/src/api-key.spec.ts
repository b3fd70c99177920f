import { parseApiKey } from './api-key';

const encode = (text: string): string => Buffer.from(text).toString('base64');

describe('parseApiKey', () => {
  it('accepts the pair and its base64 form as the same key, ready to follow Basic', () => {
    const pair = parseApiKey('90000-1:pass:wörd');
    expect(pair?.secret.reveal()).toBe(encode('90000-1:pass:wörd'));
    expect(parseApiKey(encode('90000-1:pass:wörd'))?.secret.reveal()).toBe(pair?.secret.reveal());
  });

  it('accepts base64 whose padding was lost in copying', () => {
    expect(parseApiKey(encode('90000-1:abcd').replace(/=+$/, ''))?.secret.reveal()).toBe(encode('90000-1:abcd'));
  });

  it('tells the account from an id of the form account-number', () => {
    expect(parseApiKey('90000-12:secret')?.account).toBe('90000');
    expect(parseApiKey('integration:secret')?.account).toBeUndefined();
  });

  it.each([
    '',
    'no-colon-in-here',
    encode('no colon in here'),
    ':password',
    'id:',
    encode(':x'),
    encode('id:'),
    `Basic ${encode('idpassword')}`,
    'AAECAzo=',
  ])('refuses "%s"', (text) => {
    expect(parseApiKey(text)).toBeUndefined();
  });
});
