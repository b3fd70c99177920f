import { inspect } from 'node:util';

/** What stands in place of a secret wherever it could be printed. */
export const SECRET_PLACEHOLDER = '[secret]';

/** A value that never prints itself: text, JSON, template strings and `util.inspect` all show `[secret]`. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself. Call it where the value leaves the process (an Authorization header), nowhere else. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return SECRET_PLACEHOLDER;
  }

  toJSON(): string {
    return SECRET_PLACEHOLDER;
  }

  [inspect.custom](): string {
    return SECRET_PLACEHOLDER;
  }
}

const SECRET_NAME =
  /api-?key|authorization|(^|[-_])auth([-_]|$)|token|secret|password|passwd|pwd|cookie|credential|signature|private-?key|^x-.*key$/i;

/** Whether a property, header or field of this name holds a secret. Errs on the side of hiding. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}
