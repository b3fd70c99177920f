import { assumedCartRead } from '../carts/assumed-read';
import { LimitHit } from '../limits/limits';
import type { Problem } from '../refusal';
import { problemBody, Refusal } from '../refusal';
import { operations } from '../routes/operations';
import { isoTime } from '../clock';
import type { World } from '../world';
import { authorise } from './authorise';
import { Cut, strikeAfter, strikeBefore } from './fault-effects';
import type { Answer, CheckedCall, Incoming } from './incoming';
import { issueToken } from './issue-token';
import { perform } from './perform';

/** One call from its arrival to its answer; `cut` means that the connection is to be cut instead. */
export async function serve(world: World, incoming: Incoming): Promise<Answer | 'cut'> {
  const contract = assumedCartRead(incoming) ?? world.contract.check(incoming);
  const call: CheckedCall = { incoming, contract, operationId: contract.operationId ?? 'unknown' };
  const kind = operations[call.operationId]?.kind ?? 'read';
  world.records.call(call.operationId, kind !== 'read');
  try {
    return await answer(world, call);
  } catch (error) {
    if (error instanceof Cut) return 'cut';
    if (!(error instanceof Refusal)) throw error;
    noteRefusal(world, call, error);
    return { status: error.status, body: problemBody(error), headers: error.headers };
  }
}

async function answer(world: World, call: CheckedCall): Promise<Answer> {
  if (call.operationId === 'unknown') throw new Refusal(404, 'Not found', contractProblems(call));
  if (call.operationId === 'TokenPost') return underFaults(world, call, () => issueToken(world, validated(call).contract.query));
  const { tenant, user, leave } = authorise(world, call);
  call.tenantId = tenant.seed.id;
  try {
    return await underFaults(world, call, () => perform(world, validated(call), tenant, user));
  } finally {
    leave();
  }
}

async function underFaults(world: World, call: CheckedCall, work: () => Answer | Promise<Answer>): Promise<Answer> {
  const fault = world.faults.next(call.operationId);
  const victim = { clock: world.clock, closed: () => call.incoming.closed() };
  await strikeBefore(fault, victim);
  const reply = await work();
  await strikeAfter(fault, victim);
  return reply;
}

/** The call, when it fits the contract to the letter; otherwise a 400 with everything that does not. */
function validated(call: CheckedCall): CheckedCall {
  const problems = contractProblems(call);
  if (problems.length > 0) throw new Refusal(400, 'One or more validation errors occurred.', problems);
  return call;
}

function contractProblems({ contract, incoming }: CheckedCall): Problem[] {
  const malformed = incoming.malformed ? [{ rule: 'contract', detail: `body: ${incoming.malformed}` }] : [];
  return [...malformed, ...contract.violations.map(({ where, message }) => ({ rule: 'contract', detail: `${where}: ${message}` }))];
}

function noteRefusal(world: World, call: CheckedCall, refusal: Refusal): void {
  if (refusal instanceof LimitHit) world.records.limitHit(refusal.limit);
  const at = isoTime(world.clock.now());
  const { operationId, tenantId } = call;
  world.records.violations.push(...refusal.problems.map((problem) => ({ at, tenantId, operationId, ...problem })));
}
