import { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { Report } from './problem';

/** Safe in a URL, in a file name and in a Kafka key, where `/` and `|` part the segments. */
const ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

/** The sub-folders whose names serve as ids, sorted; everything wrong with a name is reported. Undefined: there is no such folder. */
export async function idFolders(folder: string, kind: 'tenant' | 'market', report: Report): Promise<string[] | undefined> {
  const entries = await list(folder);
  const taken = new Map<string, string>();
  for (const { name } of entries?.filter((entry) => entry.isDirectory()) ?? []) {
    const at = problemAt(name, kind, report);
    const other = taken.get(name.toLowerCase());
    if (!ID.test(name)) at.error('ID_INVALID', `The folder's name is the ${kind} id. Use letters, digits, "-" and "_" only, at most 64.`);
    else if (other !== undefined) refuseBoth([name, other], kind, report);
    else taken.set(name.toLowerCase(), name);
  }
  return entries && [...taken.values()];
}

/** Which of the two is meant cannot be known, so neither is used. */
function refuseBoth(names: string[], kind: 'tenant' | 'market', report: Report): void {
  for (const name of names) {
    problemAt(name, kind, report).error(
      'ID_TWICE',
      `There are two ${kind} folders of this name, in different upper and lower case; addresses do not tell them apart. Keep one.`,
    );
  }
}

function problemAt(name: string, kind: 'tenant' | 'market', report: Report): Report {
  return report.in({ file: `${report.place.file}/${name}`, [kind]: name });
}

/** A file that nobody reads is most often a mistyped name. */
export async function warnOfUnreadFiles(folder: string, read: readonly string[], report: Report): Promise<void> {
  for (const entry of (await list(folder)) ?? []) {
    if (read.includes(entry.name) || (entry.isFile() && !entry.name.endsWith('.json'))) continue;
    report
      .in({ file: `${report.place.file}/${entry.name}` })
      .warning('FILE_NOT_READ', `Nothing reads this. Read here: ${read.join(', ')}.`);
  }
}

/** Sorted by name, hidden entries left out. */
async function list(folder: string): Promise<Dirent[] | undefined> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter(({ name }) => !name.startsWith('.')).sort((left, right) => (left.name < right.name ? -1 : 1));
  } catch {
    return undefined;
  }
}
