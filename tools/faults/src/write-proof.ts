import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cells } from './cells';
import { proofPage, type Proof } from './proof/page';
import { proofFolder } from './proof/write-faults';
import { root } from './run-tools';

/** What each cell does, by its name. */
export const titles: Readonly<Record<string, string>> = Object.fromEntries(cells.map(({ name, title }) => [name, title]));

/** Writes `docs/proof.md` from the results that the commands have left in `docs/proof/`. */
export function writeProof(): void {
  const read = (file: string) => JSON.parse(readFileSync(join(proofFolder, file), 'utf8')) as Proof;
  const files = existsSync(proofFolder) ? readdirSync(proofFolder).sort() : [];
  const benches = files.filter((file) => /^bench-.+\.json$/.test(file)).map(read);
  const faults = files.includes('faults.json') ? read('faults.json') : undefined;
  writeFileSync(join(root, 'docs/proof.md'), proofPage({ faults, benches, titles }));
}

if (require.main === module) writeProof();
