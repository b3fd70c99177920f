/** Readers for settings. Each throws with what is expected and never repeats the value, which may be a secret. */
export const text = (value: string): string => value;
export const list = (value: string): string[] =>
  value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** A whole number within bounds. */
export function integer(min: number, max: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (!Number.isInteger(number) || number < min || number > max) throw new Error(`must be a whole number from ${min} to ${max}`);
    return number;
  };
}

/** A number within bounds. */
export function decimal(min: number, max: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (value.trim() === '' || !Number.isFinite(number) || number < min || number > max)
      throw new Error(`must be a number from ${min} to ${max}`);
    return number;
  };
}

export const port = integer(0, 65_535);

export function oneOf<const Choice extends string>(...choices: Choice[]): (value: string) => Choice {
  return (value) => {
    const choice = choices.find((candidate) => candidate === value);
    if (!choice) throw new Error(`must be one of ${choices.join(', ')}`);
    return choice;
  };
}

/** 32 bytes in base64, as `openssl rand -base64 32` prints them. */
export function key32(value: string): Buffer {
  const bytes = Buffer.from(value, 'base64');
  if (bytes.length !== 32) throw new Error('must be 32 bytes in base64 (openssl rand -base64 32)');
  return bytes;
}
