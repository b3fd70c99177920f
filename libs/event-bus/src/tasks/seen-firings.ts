import { parseFiring } from '@connector/contracts';

/** Run by hand, remembered for a repetition of the same request. */
const keptByHand = 20;

/** Which firings of a task were done: the newest minute by scheduled task, and the last ones by hand. */
export interface SeenFirings {
  minutes: Readonly<Record<string, number>>;
  byHand: readonly string[];
}

export const noFirings: SeenFirings = { minutes: {}, byHand: [] };

/** A minute that is not newer than one that was done was done too, or was overtaken by it. */
export function isSeen(seen: SeenFirings, id: string): boolean {
  const firing = parseFiring(id);
  if (firing?.minute === undefined) return seen.byHand.includes(id);
  return firing.minute <= (seen.minutes[firing.task] ?? -Infinity);
}

export function withSeen(seen: SeenFirings, ids: readonly string[]): SeenFirings {
  const minutes: Record<string, number> = { ...seen.minutes };
  const byHand = [...seen.byHand];
  for (const id of ids) {
    const firing = parseFiring(id);
    if (firing?.minute !== undefined) minutes[firing.task] = Math.max(firing.minute, minutes[firing.task] ?? 0);
    else if (!byHand.includes(id)) byHand.push(id);
  }
  return { minutes, byHand: byHand.slice(-keptByHand) };
}

export function formatSeen(seen: SeenFirings): string {
  return JSON.stringify(seen);
}

/** None for a text that is not of this form: then a repetition does the work again, which is harmless. */
export function parseSeen(text: string | undefined): SeenFirings {
  try {
    const { minutes, byHand } = JSON.parse(text ?? '') as Partial<SeenFirings>;
    const isMinutes = typeof minutes === 'object' && minutes !== null && Object.values(minutes).every((one) => typeof one === 'number');
    return isMinutes && Array.isArray(byHand) ? { minutes, byHand } : noFirings;
  } catch {
    return noFirings;
  }
}
