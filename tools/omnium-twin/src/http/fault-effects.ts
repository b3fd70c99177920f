import type { Clock } from '../clock';
import type { Fault } from '../faults';
import { Refusal } from '../refusal';

/** The connection is cut without an answer. */
export class Cut extends Error {}

/** What a fault needs to know about the call it hits. */
export interface Victim {
  clock: Clock;
  /** Resolves when the caller has closed the connection. */
  closed(): Promise<void>;
}

/** What the fault does before the work; returning means that the work goes on. */
export async function strikeBefore(fault: Fault | undefined, victim: Victim): Promise<void> {
  if (fault?.kind === 'reset-before') throw new Cut();
  if (fault?.kind === '429') throw new Refusal(429, 'Too many requests', [], retryAfter(fault.retryAfterSeconds));
  if (fault?.kind === 'slow') await victim.clock.sleep(fault.delayMs);
  if (fault && !fault.afterApply) await fail(fault, victim);
}

/** What the fault does once the work is done. */
export async function strikeAfter(fault: Fault | undefined, victim: Victim): Promise<void> {
  if (fault?.kind === 'reset-after-apply') throw new Cut();
  if (fault?.afterApply) await fail(fault, victim);
}

async function fail(fault: Fault, victim: Victim): Promise<void> {
  if (fault.kind === '5xx') throw new Refusal(fault.status, 'Server error');
  if (fault.kind !== 'hang') return;
  await victim.closed();
  throw new Cut();
}

function retryAfter(seconds: number): Record<string, string> {
  return seconds > 0 ? { 'retry-after': String(seconds) } : {};
}
