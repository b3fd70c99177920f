import { inspect } from 'node:util';
import { isSecretName, Secret } from './secret';

describe('Secret', () => {
  const secret = new Secret('hunter2-hunter2');

  it('never prints its value', () => {
    const printed = [
      `${secret}`,
      String(secret),
      JSON.stringify({ secret }),
      inspect({ secret }),
      inspect(secret, { showHidden: true }),
    ].join(' ');
    expect(printed).toContain('[secret]');
    expect(printed).not.toContain('hunter2');
  });

  it('hands the value over when asked', () => {
    expect(secret.reveal()).toBe('hunter2-hunter2');
    expect(inspect(secret)).toBe('[secret]');
  });
});

describe('isSecretName', () => {
  it.each([
    'ApiKey',
    'ApiKeys',
    'WebhookApiKey',
    'ClientSecret',
    'password',
    'api_token',
    'X-Api-Key',
    'custom-auth-or-whatever',
    'Cookie',
  ])('hides %s', (name) => {
    expect(isSecretName(name)).toBe(true);
  });

  it.each([
    'SitooOrderType',
    'EshopId',
    'name',
    'ProductGroupKeyGroup',
    'ProductGroupPropertyKey',
    'isAuthenticatedManually',
    'AuthorName',
  ])('shows %s', (name) => {
    expect(isSecretName(name)).toBe(false);
  });
});
