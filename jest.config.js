// One configuration for every project. Unit specs are `*.spec.ts`; `*.int.spec.ts` need the real Kafka and Redis that
// tools/run/test.mjs starts (CONNECTOR_TESTS=integration), `*.e2e.spec.ts` the twins and the built apps as well (CONNECTOR_TESTS=e2e). Nest 12 is ESM-only: it loads through Node's require(esm)
// because jest runs with --experimental-vm-modules.
const fs = require('node:fs');
const path = require('node:path');

const swc = { ...JSON.parse(fs.readFileSync(path.join(__dirname, '.swcrc'), 'utf8')), swcrc: false };
const phase = process.env.CONNECTOR_TESTS ?? 'unit';
/** Specs that need more than the code: a broker and Redis, or the whole stack. */
const endings = { integration: 'int', e2e: 'e2e' };
const others = Object.values(endings).filter((ending) => ending !== endings[phase]);

module.exports = {
  testEnvironment: 'node',
  testMatch: endings[phase] ? [`**/*.${endings[phase]}.spec.ts`] : ['**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', ...others.map((ending) => `\\.${ending}\\.spec\\.ts$`)],
  transform: { '^.+\\.ts$': [require.resolve('@swc/jest'), swc] },
  moduleNameMapper: { '^@connector/([^/]+)$': path.join(__dirname, 'libs/$1/src/index.ts') },
  modulePathIgnorePatterns: ['/dist/'],
  haste: { forceNodeFilesystemAPI: true },
  watchman: false,
  passWithNoTests: true,
  maxWorkers: phase === 'unit' ? 2 : 1,
  // Property tests of ten thousand receipts, on a machine that may be busy.
  testTimeout: { unit: 60_000, integration: 60_000, e2e: 180_000 }[phase],
};
