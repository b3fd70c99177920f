/**
 * Repeats what must not be given up (the record that a source offset waits for), 200 ms to 5 s apart. False when `stopped` says so before
 * it succeeded; then nothing was committed either, and the work is read again.
 */
export async function retryForever(
  work: () => Promise<void>,
  stopped: () => boolean,
  onFailure: (message: string) => void,
): Promise<boolean> {
  for (let pauseMs = 200; !stopped(); pauseMs = Math.min(pauseMs * 2, 5_000)) {
    try {
      await work();
      return true;
    } catch (error) {
      onFailure(error instanceof Error ? error.message : 'unknown');
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
  return false;
}
