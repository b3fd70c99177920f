import { timingSafeEqual } from 'node:crypto';
import type { Reply } from '../call';
import { ok } from '../call';
import { Refusal } from '../refusal';
import type { World } from '../world';

/** `POST /api/Token?clientId=…&clientSecret=…&returnAsJson=…`: the bare JWT as text, or the JSON form. 401 for unknown credentials. */
export function issueToken(world: World, query: Readonly<Record<string, unknown>>): Reply {
  const [clientId, secret] = [String(query.clientId), String(query.clientSecret)];
  const tenant = [...world.tenants.values()].find((candidate) => candidate.user(clientId));
  const user = tenant?.user(clientId);
  if (!tenant || !user || !sameSecret(user.clientSecret, secret)) throw new Refusal(401, 'Unauthorized');
  const expiresIn = world.settings.tokenLifetimeSeconds;
  const accessToken = world.tokens.issue({ tenantId: tenant.seed.id, clientId }, expiresIn);
  return ok(query.returnAsJson === true ? { accessToken, tokenType: 'Bearer', expiresIn } : accessToken);
}

function sameSecret(expected: string, sent: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(sent)];
  return a.length === b.length && timingSafeEqual(a, b);
}
