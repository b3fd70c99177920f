import type { OmniumOrder, OmniumOrderLine, OmniumPayment } from '@connector/contracts';
import { amount } from '../../money/amount';
import type { OmniumReturnForm } from '../family/return-form';
import { pairLines } from '../imported/pair-lines';

/**
 * Another system's document with our ids on what is the same: lines, shipments, payments, return forms. What has no counterpart gets an id that
 * none of ours has.
 */
export function withOurIds(existing: OmniumOrder, wanted: OmniumOrder): OmniumOrder {
  const { orderForm, returnOrderForms } = existing;
  const ours = wanted.orderForm ?? {};
  const lines = lineIds(ours.lineItems, orderForm?.lineItems);
  const shipments = pairs(ours.shipments, orderForm?.shipments, () => false);
  const payments = pairs(ours.payments, orderForm?.payments, isSamePayment);
  const forms = pairs(wanted.returnOrderForms, returnOrderForms, isSameReturn);
  return {
    ...existing,
    ...(orderForm
      ? {
          orderForm: {
            ...orderForm,
            lineItems: orderForm.lineItems?.map((line) => withLineId(line, lines)),
            shipments: orderForm.shipments?.map((one) => ({ ...one, shipmentId: shipments.get(one)?.shipmentId ?? other(one.shipmentId) })),
            payments: orderForm.payments?.map((one) => ({ ...one, id: payments.get(one)?.id ?? other(one.id) })),
          },
        }
      : {}),
    ...(returnOrderForms ? { returnOrderForms: returnOrderForms.map((form) => withFormId(form, forms.get(form))) } : {}),
  };
}

type List<T> = readonly T[] | null | undefined;

const other = (id: string | null | undefined) => `(${id ?? ''})`;

/** Theirs → ours. */
function lineIds(ours: List<OmniumOrderLine>, theirs: List<OmniumOrderLine>): Map<string, string> {
  const wanted = (ours ?? []).map(({ lineItemId, code, quantity }) => ({
    lineItemId: lineItemId ?? '',
    sku: code ?? undefined,
    quantity: amount(quantity ?? 0),
  }));
  return new Map([...pairLines(wanted, theirs ?? [])].map(([id, line]) => [line.lineItemId, id]));
}

function withLineId(line: OmniumOrderLine, ids: ReadonlyMap<string, string>): OmniumOrderLine {
  return { ...line, lineItemId: ids.get(line.lineItemId ?? '') ?? other(line.lineItemId) };
}

function withFormId(form: OmniumReturnForm, ours: OmniumReturnForm | undefined): OmniumReturnForm {
  const lines = lineIds(ours?.lineItems, form.lineItems);
  return { ...form, returnId: ours?.returnId ?? other(form.returnId), lineItems: form.lineItems?.map((line) => withLineId(line, lines)) };
}

/** Theirs → ours: those that are the same, then the others in their order while both lists have as many. */
function pairs<T extends object>(ours: List<T>, theirs: List<T>, isSame: (one: T, other: T) => boolean): Map<T, T> {
  const free = [...(theirs ?? [])];
  const open: T[] = [];
  const found = new Map<T, T>();
  for (const one of ours ?? []) {
    const index = free.findIndex((candidate) => isSame(one, candidate));
    const [match] = index < 0 ? [] : free.splice(index, 1);
    if (match) found.set(match, one);
    else open.push(one);
  }
  if (open.length === free.length) free.forEach((candidate, index) => found.set(candidate, open[index] ?? candidate));
  return found;
}

function isSamePayment(one: OmniumPayment, candidate: OmniumPayment): boolean {
  return one.transactionType === candidate.transactionType && amount(one.amount ?? 0).eq(candidate.amount ?? 0);
}

function isSameReturn(one: OmniumReturnForm, candidate: OmniumReturnForm): boolean {
  const numbers = ({ externalIds, rmaNumber }: OmniumReturnForm) => [rmaNumber, ...(externalIds ?? []).map(({ id }) => id)];
  const known = new Set(numbers(one));
  return numbers(candidate).some((number) => Boolean(number) && known.has(number));
}
