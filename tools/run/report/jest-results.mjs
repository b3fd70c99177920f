import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { root } from '../process/paths.mjs';

/** Test cases of one jest JSON file: `{ passed, failed, skipped, failures: [{ name, text }] }`. Undefined when there is no such file. */
export function readJestResult(file) {
  if (!existsSync(file)) return undefined;
  return jestCounts(JSON.parse(readFileSync(file, 'utf8')));
}

/** Where a target leaves its results. */
export function resultFile(name) {
  return join(root, '.test-results', `${name}.json`);
}

/** Sums one result. A file whose tests could not even be read counts as one failed test. */
export function jestCounts(result) {
  const broken = result.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
  );
  return {
    passed: result.numPassedTests,
    failed: result.numFailedTests + broken.length,
    skipped: result.numPendingTests + (result.numTodoTests ?? 0),
    failures: [...result.testResults.flatMap(failuresOf), ...broken.map((file) => ({ name: short(file.name), text: plain(file.message) }))],
  };
}

function failuresOf(file) {
  return file.assertionResults
    .filter((test) => test.status === 'failed')
    .map((test) => ({
      name: `${short(file.name)} › ${[...test.ancestorTitles, test.title].join(' › ')}`,
      text: plain(test.failureMessages.join('\n')),
    }));
}

function short(file) {
  return relative(root, file);
}

/** Without colours, and without the stack's lines that lie outside the project. */
function plain(text) {
  return stripVTControlCharacters(text ?? '')
    .split('\n')
    .filter((line) => !/^\s+at .*(node_modules|node:|<anonymous>)/.test(line))
    .join('\n')
    .trim();
}

/** The beginning of a failure's text, indented: 40 lines of 300 characters. A generated counterexample can be far longer. */
export function excerpt(text) {
  const lines = text.split('\n').slice(0, 40);
  return lines.map((line) => (line.length > 300 ? `    ${line.slice(0, 299)}…` : `    ${line}`).trimEnd()).join('\n');
}

/** Adds up phases: `{ name, ms, passed, failed, skipped, failures }`. */
export function total(phases) {
  const sum = (field) => phases.reduce((all, phase) => all + phase[field], 0);
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
}

/** The line that closes `npm test`. */
export function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
