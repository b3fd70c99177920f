// One configuration for every project. Unit specs are `*.spec.ts`; `*.int.spec.ts` need the real Kafka and Redis that
// tools/run/test.mjs starts, and run when CONNECTOR_TESTS=integration. Nest 12 is ESM-only: it loads through Node's require(esm)
// because jest runs with --experimental-vm-modules.
const fs = require('node:fs');
const path = require('node:path');

const swc = { ...JSON.parse(fs.readFileSync(path.join(__dirname, '.swcrc'), 'utf8')), swcrc: false };
const integration = process.env.CONNECTOR_TESTS === 'integration';

module.exports = {
  testEnvironment: 'node',
  testMatch: integration ? ['**/*.int.spec.ts'] : ['**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', ...(integration ? [] : ['\\.int\\.spec\\.ts$'])],
  transform: { '^.+\\.ts$': [require.resolve('@swc/jest'), swc] },
  moduleNameMapper: { '^@connector/([^/]+)$': path.join(__dirname, 'libs/$1/src/index.ts') },
  modulePathIgnorePatterns: ['/dist/'],
  haste: { forceNodeFilesystemAPI: true },
  watchman: false,
  passWithNoTests: true,
  maxWorkers: integration ? 1 : 2,
  testTimeout: integration ? 60_000 : 15_000,
};
