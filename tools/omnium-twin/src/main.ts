import { readSeed } from './seed-file';
import { startOmniumTwin } from './twin';

const DEFAULT_PORT = 4602;

async function main(): Promise<void> {
  const { OMNIUM_TWIN_PORT, OMNIUM_TWIN_HOST, OMNIUM_TWIN_SEED_FILE } = process.env;
  const port = Number(OMNIUM_TWIN_PORT ?? DEFAULT_PORT);
  const twin = await startOmniumTwin({ port, host: OMNIUM_TWIN_HOST, tenants: readSeed(OMNIUM_TWIN_SEED_FILE) });
  console.log(`omnium-twin listening on ${twin.url}`);
  const stop = (): void => void twin.stop().then(() => process.exit(0));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
