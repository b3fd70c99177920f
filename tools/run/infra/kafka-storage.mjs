import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../process/children.mjs';
import { withLock } from '../process/lock.mjs';
import { cacheFolder } from '../process/paths.mjs';
import { metaProperties, serverProperties } from './kafka-config.mjs';
import { classPath, jarsFolder } from './kafka-jars.mjs';

const checkpoint = 'bootstrap.checkpoint';

/** Kafka's ids: 16 random bytes, base64url, not beginning with a dash (Kafka's tools would read an option). */
export function kafkaId() {
  for (;;) {
    const id = randomBytes(16).toString('base64url');
    if (!id.startsWith('-')) return id;
  }
}

/**
 * Formats a broker's folder. StorageTool is a JVM of its own (1 s): it runs once per machine, and its result, the metadata version of
 * a new cluster, is copied from then on; only the ids differ between folders.
 */
export async function format(run, broker, clusterId, folder) {
  await ensureCheckpoint(run);
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(jarsFolder(), checkpoint), join(folder, checkpoint));
  writeFileSync(join(folder, 'meta.properties'), metaProperties(broker, clusterId, kafkaId()));
}

async function ensureCheckpoint(run) {
  const file = join(jarsFolder(), checkpoint);
  if (existsSync(file)) return;
  await withLock(`${jarsFolder()}.format.lock`, async () => {
    if (existsSync(file)) return;
    const folder = mkdtempSync(join(cacheFolder, 'formatting-'));
    try {
      const broker = { id: 1, clientPort: 1, internalPort: 2, controllerPort: 3, advertised: '127.0.0.1:1' };
      writeFileSync(join(folder, 'server.properties'), serverProperties(broker, [broker], join(folder, 'data')));
      const args = ['-cp', classPath(), 'kafka.tools.StorageTool', 'format', '-t', kafkaId(), '-c', join(folder, 'server.properties')];
      const { ok, child } = await runCommand({ run, name: 'kafka-format', command: 'java', args });
      if (!ok) throw new Error(child.obituary());
      renameSync(join(folder, 'data', checkpoint), file);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}
