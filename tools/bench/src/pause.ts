/** Resolves after `ms` milliseconds: the length of a measure, or the time between two questions. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
