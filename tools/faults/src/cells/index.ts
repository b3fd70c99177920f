import type { Cell } from './cell';
import { produceAnswerLost } from './f03-produce-answer-lost';
import { consumerKilled } from './f07-consumer-killed';
import { consumerFrozen } from './f08-consumer-frozen';
import { handlerFails } from './f12-handler-fails';
import { slowPartition } from './f14-slow-partition';

export const cells: readonly Cell[] = [produceAnswerLost, consumerKilled, consumerFrozen, handlerFails, slowPartition];

/** The five sharpest, at most three minutes together. */
export const quickCells = ['F3', 'F7', 'F8', 'F12', 'F14'];
