import { Injectable, UnauthorizedException, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { hash, timingSafeEqual } from 'node:crypto';

/** Asks for `Authorization: Bearer {token}`; without a token everybody who reaches the port is let in, and then it is the loopback port. */
@Injectable()
export class TokenGuard implements CanActivate {
  private readonly expected: Buffer | undefined;

  constructor(token: string) {
    this.expected = token === '' ? undefined : hash('sha256', `Bearer ${token}`, 'buffer');
  }

  canActivate(context: ExecutionContext): boolean {
    if (!this.expected) return true;
    const { headers } = context.switchToHttp().getRequest<{ headers: Record<string, string | undefined> }>();
    if (timingSafeEqual(hash('sha256', headers['authorization'] ?? '', 'buffer'), this.expected)) return true;
    throw new UnauthorizedException({
      code: 'TOKEN_WRONG',
      message: 'Send "Authorization: Bearer" with the token of SCHEDULER_API_TOKEN.',
    });
  }
}
