/** What a command was asked for cannot be done as it was asked; the message is a sentence for the terminal. */
export class UsageError extends Error {}

/** Runs a command-line tool and ends the process with its code; 2 and the usage for a `UsageError`, 1 for anything else that is thrown. */
export function runCommand(main: () => Promise<number>, usage: string): void {
  main().then(
    (code) => process.exit(code),
    (error: unknown) => {
      const isUsage = error instanceof UsageError;
      process.stderr.write(isUsage ? `${error.message}\n\n${usage}\n` : `${error instanceof Error ? error.message : 'failed'}\n`);
      process.exit(isUsage ? 2 : 1);
    },
  );
}
