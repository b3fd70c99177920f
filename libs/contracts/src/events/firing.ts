/** One time that a scheduled task was due, or was run by hand. */
export interface Firing {
  /** Id of the scheduled task: `order-reconciliation.sweep`. */
  task: string;
  /** The minute it was due at, ms since the epoch; undefined: run by hand. */
  minute: number | undefined;
}

const scheduled = /^([A-Za-z0-9._-]+)@(\d{4}-\d\d-\d\dT\d\d:\d\dZ)$/;
const byHand = /^([A-Za-z0-9._-]+)@hand:[A-Za-z0-9-]+$/;

/** `{task}@{minute in UTC}`: whoever fires it, it is the same id. */
export function formatFiring(task: string, minute: number): string {
  return `${task}@${new Date(minute).toISOString().slice(0, 16)}Z`;
}

/** `{task}@hand:{anything unique}` */
export function formatFiringByHand(task: string, unique: string): string {
  return `${task}@hand:${unique}`;
}

/** Undefined when the text is not a firing's id. */
export function parseFiring(text: string): Firing | undefined {
  const [, task = '', minute = ''] = scheduled.exec(text) ?? [];
  if (task) return Number.isNaN(Date.parse(minute)) ? undefined : { task, minute: Date.parse(minute) };
  const [, hand] = byHand.exec(text) ?? [];
  return hand === undefined ? undefined : { task: hand, minute: undefined };
}
