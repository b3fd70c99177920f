// Regenerates libs/contracts/src/platforms/*.ts from the OpenAPI files of the two platforms.
import { spawnSync } from 'node:child_process';

const folder = 'libs/contracts';
for (const name of ['sitoo-orders', 'sitoo-catalog', 'omnium']) {
  const args = [`${folder}/platforms/${name}.yaml`, '-o', `${folder}/src/platforms/${name}.ts`, '--default-non-nullable=false'];
  const { status } = spawnSync('openapi-typescript', args, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
