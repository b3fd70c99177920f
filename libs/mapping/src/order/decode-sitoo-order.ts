import { Ajv, type ErrorObject } from 'ajv';
import { readSitooOrder } from './read-sitoo-order';
import type { DecodedSitooOrder } from './sitoo-order';
import { type RawSitooOrder, sitooOrderSchema } from './sitoo-order.schema';

/** What is wrong with a document. Never carries the value: it may be personal. */
export interface DecodeProblem {
  /** Sitoo's own path, `orderitems[0].quantity`. */
  readonly path: string;
  /** What was expected there. */
  readonly message: string;
}

export type DecodedOrder =
  { readonly ok: true; readonly order: DecodedSitooOrder } | { readonly ok: false; readonly problems: readonly DecodeProblem[] };

/** More than twenty problems say no more than twenty. */
const MAX_PROBLEMS = 20;

const validate = new Ajv({ allErrors: true, verbose: true, allowUnionTypes: true }).compile<RawSitooOrder>(sitooOrderSchema);

/** Reads an order as `GET order` answers it: tolerant of additional fields, strict about what the rules use. */
export function decodeSitooOrder(raw: unknown): DecodedOrder {
  if (validate(raw)) return { ok: true, order: readSitooOrder(raw) };
  return { ok: false, problems: toProblems(validate.errors) };
}

export function toProblems(errors: readonly ErrorObject[] | null | undefined): DecodeProblem[] {
  return (errors ?? []).slice(0, MAX_PROBLEMS).map(toProblem);
}

function toProblem(error: ErrorObject): DecodeProblem {
  if (error.keyword === 'required') {
    const missing: unknown = error.params['missingProperty'];
    return { path: toPath(`${error.instancePath}/${String(missing)}`), message: 'is required' };
  }
  const expected: unknown = error.parentSchema?.['description'];
  return { path: toPath(error.instancePath), message: `must be ${typeof expected === 'string' ? expected : 'something else'}` };
}

/** `/orderitems/0/quantity` → `orderitems[0].quantity`. */
function toPath(pointer: string): string {
  return pointer
    .replace(/\/(\d+)(?=\/|$)/g, '[$1]')
    .replaceAll('/', '.')
    .replace(/^\./, '');
}
