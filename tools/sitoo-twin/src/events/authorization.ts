import type { AuthForm } from '../settings';

const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');

/** The header made from `api_token`. Sitoo does not document which form it uses; a receiver has to accept each. */
export function authorization(form: AuthForm, token: string | undefined): Record<string, string> {
  if (token === undefined || form === 'none') return {};
  const forms: Record<Exclude<AuthForm, 'none'>, string> = {
    A: `Basic ${token}`,
    B: `Basic ${base64(`sitoo:${token}`)}`,
    C: `Basic ${base64(token)}`,
    D: `Bearer ${token}`,
    bare: token,
  };
  return { authorization: forms[form] };
}
