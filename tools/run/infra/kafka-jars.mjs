import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../process/children.mjs';
import { withLock } from '../process/lock.mjs';
import { cacheFolder } from '../process/paths.mjs';

/** The Kafka that runs everywhere: locally, in docker-compose.yml, and behind `npm test`. */
export const kafkaVersion = '4.1.1';
/** The logging binding that this Kafka is distributed with (slf4j 1.7). */
const log4jVersion = '2.24.3';

/** Folder of Kafka's jars, in a cache of this machine. */
export function jarsFolder() {
  return join(cacheFolder, `kafka-${kafkaVersion}`);
}

export function jarsPresent() {
  return existsSync(jarsFolder());
}

/** In one order always: a class data archive is only taken by a JVM whose class path reads the same. */
export function classPath() {
  const names = readdirSync(jarsFolder()).filter((name) => name.endsWith('.jar'));
  return names
    .sort()
    .map((name) => join(jarsFolder(), name))
    .join(':');
}

/** Resolves Kafka through Maven once per machine; two first runs at once share the work. */
export async function ensureJars(run, log) {
  if (jarsPresent()) return;
  await withLock(
    join(cacheFolder, `kafka-${kafkaVersion}.lock`),
    () => (jarsPresent() ? undefined : resolve(run, log)),
    () => log('waiting for another run to resolve Kafka'),
  );
}

async function resolve(run, log) {
  log(`resolving Kafka ${kafkaVersion} through Maven (once per machine)`);
  mkdirSync(cacheFolder, { recursive: true });
  const folder = mkdtempSync(join(cacheFolder, 'resolving-'));
  try {
    writeFileSync(join(folder, 'pom.xml'), pom());
    const args = [
      '-q',
      '-B',
      '-f',
      join(folder, 'pom.xml'),
      'dependency:copy-dependencies',
      '-DincludeScope=runtime',
      `-DoutputDirectory=${join(folder, 'jars')}`,
    ];
    const { ok, child } = await runCommand({ run, name: 'maven', command: 'mvn', args });
    if (!ok) throw new Error(child.obituary());
    // Complete or not there: the folder appears in one step.
    renameSync(join(folder, 'jars'), jarsFolder());
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function pom() {
  const dependency = (group, artifact, version) =>
    `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`;
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>local</groupId><artifactId>kafka-runtime</artifactId><version>1</version>
  <dependencies>
    ${dependency('org.apache.kafka', 'kafka_2.13', kafkaVersion)}
    ${dependency('org.apache.logging.log4j', 'log4j-slf4j-impl', log4jVersion)}
  </dependencies>
</project>
`;
}
