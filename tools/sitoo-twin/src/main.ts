import { readFile } from 'node:fs/promises';
import { readSeed } from './seed';
import { startSitooTwin } from './server';
import { readSettings } from './settings';

/** Runs the twin as a process; see the README for the environment. */
async function main(): Promise<void> {
  const { SITOO_TWIN_PORT = '4010', SITOO_TWIN_SEED_FILE, SITOO_TWIN_SETTINGS = '{}', SITOO_TWIN_TIME_SCALE } = process.env;
  const twin = await startSitooTwin({
    port: Number(SITOO_TWIN_PORT),
    seed: SITOO_TWIN_SEED_FILE ? readSeed(JSON.parse(await readFile(SITOO_TWIN_SEED_FILE, 'utf8'))) : undefined,
    settings: readSettings({
      ...JSON.parse(SITOO_TWIN_SETTINGS),
      ...(SITOO_TWIN_TIME_SCALE ? { timeScale: Number(SITOO_TWIN_TIME_SCALE) } : {}),
    }),
    log: (line) => console.log(line),
  });
  console.log(`sitoo-twin: listening on ${twin.url}`);
  const shutDown = () => void twin.stop().then(() => process.exit(0));
  process.once('SIGTERM', shutDown);
  process.once('SIGINT', shutDown);
}

main().catch((error: unknown) => {
  console.error(`sitoo-twin: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
});
