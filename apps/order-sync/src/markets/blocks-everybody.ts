import { CallError, isOutage } from '@connector/platform';

/**
 * Whether a failed call says nothing about the record: the platform is away, or it refuses the caller (401, 403: a key, a role, an address
 * list). Such work waits until somebody has put it right; nothing is parked for it.
 */
export function blocksEverybody(error: unknown): boolean {
  return isOutage(error) || (error instanceof CallError && (error.failure === 'UNAUTHORISED' || error.failure === 'FORBIDDEN'));
}
