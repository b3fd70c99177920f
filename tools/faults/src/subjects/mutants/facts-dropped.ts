import { replaceFunction } from './bend';

/** Notices that collapse keep the facts of the first one only. */
replaceFunction('notices/facts', 'unionFacts', (first: readonly object[]) => [...first]);
