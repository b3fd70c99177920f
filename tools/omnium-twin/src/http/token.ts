import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../clock';
import { isObject } from '../documents';

/** Whom a token stands for. */
export interface TokenSubject {
  tenantId: string;
  clientId: string;
}

/** Issues and reads the twin's JWTs (HS256 with a key of this process). */
export class Tokens {
  private readonly key = randomBytes(32);
  private generation = 0;

  constructor(private readonly clock: Clock) {}

  issue(subject: TokenSubject, lifetimeSeconds: number): string {
    const issuedAt = Math.floor(this.clock.now() / 1000);
    const claims = {
      sub: subject.clientId,
      tenant: subject.tenantId,
      gen: this.generation,
      iat: issuedAt,
      exp: issuedAt + lifetimeSeconds,
    };
    const content = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
    return `${content}.${this.sign(content)}`;
  }

  /** The subject of an `Authorization` header, or undefined when it is missing, forged, expired or revoked. */
  read(authorization: string | undefined): TokenSubject | undefined {
    const [, token] = /^Bearer (\S+)$/i.exec(authorization ?? '') ?? [];
    const [header, payload, signature] = (token ?? '').split('.');
    if (!header || !payload || !signature || !equal(signature, this.sign(`${header}.${payload}`))) return undefined;
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    if (!isObject(claims) || claims.gen !== this.generation || Number(claims.exp) * 1000 <= this.clock.now()) return undefined;
    return { tenantId: String(claims.tenant), clientId: String(claims.sub) };
  }

  /** Every token handed out so far answers 401 from now on. */
  revokeAll(): void {
    this.generation += 1;
  }

  private sign(content: string): string {
    return createHmac('sha256', this.key).update(content).digest('base64url');
  }
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}

function equal(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
