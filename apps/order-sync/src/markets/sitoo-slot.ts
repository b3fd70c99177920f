import type { Slot } from '@connector/event-bus';
import type { CallGate, CallPass } from '@connector/platform';

/** A pass of Sitoo's gate on its way to the first call of a batch. */
class HeldPass {
  private pass: CallPass | undefined;

  constructor(pass: CallPass) {
    this.pass = pass;
  }

  /** The pass, once. */
  take(): CallPass | undefined {
    const { pass } = this;
    this.pass = undefined;
    return pass;
  }
}

/** Takes a slot of Sitoo's budget before the batch is formed: its reads decide how fast receipts travel. */
export async function takeSitooSlot(gate: CallGate, signal: AbortSignal): Promise<Slot> {
  const held = new HeldPass(await gate.enter({ class: 'sale', signal }));
  return { value: held, release: () => giveBack(held) };
}

/** Gives a pass that was not used back before the batch is over; without one, nothing. */
export function giveBack(slot: unknown): void {
  // Not used means that no call was made; the gate hears of an answer without a status to learn from.
  if (slot instanceof HeldPass)
    void slot
      .take()
      ?.leave({ kind: 'no-answer' })
      .catch(() => undefined);
}

/** For the first Sitoo call of a batch: the pass that was taken for it. */
export function passOf(slot: unknown): (() => CallPass | undefined) | undefined {
  return slot instanceof HeldPass ? () => slot.take() : undefined;
}
