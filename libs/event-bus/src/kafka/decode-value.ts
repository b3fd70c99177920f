import type { Contract } from '@connector/contracts';
import Ajv from 'ajv';

/**
 * Reads values of a contract's topic. Undefined for a tombstone and for whatever does not fit the contract: stored data is older than the code,
 * and one bad record stops nobody.
 */
export function valueDecoder<Value>({ schema }: Pick<Contract, 'schema'>): (value: Buffer | null) => Value | undefined {
  const fits = new Ajv().compile<Value>(schema as object);
  return (value) => {
    if (!value) return undefined;
    try {
      const parsed: unknown = JSON.parse(value.toString('utf8'));
      return fits(parsed) ? parsed : undefined;
    } catch {
      return undefined;
    }
  };
}
