import { parseArgs } from 'node:util';

/** Flags of `npm start`. Throws an error that names the flag. */
export function startArguments(args) {
  const { values } = parseArgs({
    args,
    options: {
      once: { type: 'boolean', default: false },
      receipts: { type: 'string', default: '240' },
      seed: { type: 'string', default: '1' },
      rate: { type: 'string', default: '12' },
      'web-orders': { type: 'string', default: '6' },
    },
  });
  return {
    once: values.once,
    receipts: whole('--receipts', values.receipts, 1, 100_000),
    seed: whole('--seed', values.seed, 0, 2 ** 31 - 1),
    /** Receipts per second at the tills. */
    rate: whole('--rate', values.rate, 1, 10_000),
    /** Placed in Omnium's web shop through the day. */
    webOrders: whole('--web-orders', values['web-orders'], 0, 1_000),
  };
}

/** Flags of `npm test`. */
export function testArguments(args) {
  const { values } = parseArgs({ args, options: { unit: { type: 'boolean', default: false } } });
  return { unit: values.unit };
}

function whole(name, text, lowest, highest) {
  const number = Number(text);
  if (Number.isInteger(number) && number >= lowest && number <= highest) return number;
  throw new Error(`${name} needs a whole number from ${lowest} to ${highest}, not "${text}"`);
}
