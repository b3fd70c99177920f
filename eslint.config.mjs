import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

/**
 * Which way imports point: apps → adapters → platform; apps → mapping → contracts. Tags sit in each project's package.json.
 * `npm test` proves that a forbidden import fails (tools/run/import-direction.spec.ts).
 */
const direction = [
  { sourceTag: 'type:contracts', onlyDependOnLibsWithTags: [] },
  { sourceTag: 'type:mapping', onlyDependOnLibsWithTags: ['type:contracts'] },
  { sourceTag: 'type:platform', onlyDependOnLibsWithTags: [] },
  { sourceTag: 'type:config', onlyDependOnLibsWithTags: ['type:contracts', 'type:platform'] },
  { sourceTag: 'type:adapter', onlyDependOnLibsWithTags: ['type:contracts', 'type:platform', 'type:adapter'] },
  // A market's two platforms put together from its configuration, and the reference data that its orders are mapped with.
  { sourceTag: 'type:market', onlyDependOnLibsWithTags: ['type:adapter', 'type:config', 'type:mapping', 'type:contracts', 'type:platform'] },
  { sourceTag: 'type:app', onlyDependOnLibsWithTags: ['type:market', 'type:adapter', 'type:config', 'type:mapping', 'type:contracts', 'type:platform'] },
  { sourceTag: 'type:testing', onlyDependOnLibsWithTags: ['type:contracts', 'type:mapping'] },
  { sourceTag: 'type:tool', onlyDependOnLibsWithTags: ['type:testing', 'type:market', 'type:adapter', 'type:config', 'type:mapping', 'type:contracts', 'type:platform'] },
];

/** libs/mapping is pure: no framework, broker, cache, network, environment or clock. */
const impure = ['@nestjs/*', 'kafkajs', 'ioredis', 'axios', 'fastify', 'pino', 'node:*', 'fs', 'http', 'https', 'crypto'];

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '.run/**', '.nx/**', 'coverage/**'] },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts'],
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': ['error', { allow: [], allowCircularSelfDependency: true, banTransitiveDependencies: false, depConstraints: direction }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'off',
      'no-console': 'error',
    },
  },
  {
    files: ['libs/!(event-bus)/**/*.ts', 'apps/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: [{ name: 'kafkajs', message: 'libs/event-bus is the only importer of kafkajs.' }] }] },
  },
  {
    files: ['libs/mapping/src/**/*.ts'],
    // Hashing computes and reaches nothing outside: one file may import it.
    ignores: ['**/*.spec.ts', '**/*.fixture.ts', 'libs/mapping/src/order/digest.ts'],
    rules: {
      'no-restricted-imports': ['error', { patterns: [{ group: impure, message: 'libs/mapping is pure.' }] }],
      'no-restricted-globals': ['error', 'process', 'Buffer', 'setTimeout', 'fetch'],
      'no-restricted-properties': ['error', { object: 'Date', property: 'now', message: 'Pass the time in.' }, { object: 'Math', property: 'random' }],
    },
  },
  { files: ['tools/**/*.ts', 'tools/**/*.mjs', '**/*.spec.ts'], rules: { 'no-console': 'off' } },
  { files: ['jest.config.js'], languageOptions: { globals: { require: 'readonly', module: 'readonly', __dirname: 'readonly', process: 'readonly' } }, rules: { '@typescript-eslint/no-require-imports': 'off' } },
);
