/**
 * Sitoo answers the call with an error. `isViolation`: the caller broke a rule of the reference and the breach goes on record; otherwise
 * the order merely is in a state that does not allow it, as may happen to a correct caller.
 */
export class Refused extends Error {
  readonly status: number;
  readonly isViolation: boolean;

  constructor(message: string, { status = 400, isViolation = false } = {}) {
    super(message);
    this.status = status;
    this.isViolation = isViolation;
  }
}
