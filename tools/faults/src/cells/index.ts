import type { Cell } from './cell';
import { gatewayKilled } from './f01-gateway-killed';
import { brokerKilled, brokersRolling } from './f02-broker-killed';
import { produceAnswerLost } from './f03-produce-answer-lost';
import { brokerFrozen } from './f04-broker-frozen';
import { kafkaAwayFromGateway } from './f05-kafka-away-from-gateway';
import { kafkaSilentToConsumer } from './f06-kafka-silent-to-consumer';
import { consumerKilled } from './f07-consumer-killed';
import { consumerFrozen } from './f08-consumer-frozen';
import { rebalanceStorm } from './f09-rebalance-storm';
import { handlerFails } from './f12-handler-fails';
import { poisonRecords } from './f13-poison-records';
import { slowPartition } from './f14-slow-partition';
import { omniumAppliesThenResets } from './f16-omnium-resets';
import { throttled } from './f17-throttled';
import { limiterLosesRedis } from './f18-redis';
import { wrongClocks } from './f19-clocks';
import { repeatedReordered } from './f20-repeated-reordered';
import { exportBesideSales } from './f22-export';
import { rollingDeploy } from './f24-rolling-deploy';
import { parkedUnwritable } from './f27-parked-unwritable';
import { replayTwice } from './f28-replay-twice';
import { longRun } from './f100k-long-run';
import type { StackCell } from './stack-cell';
import { tradingDay } from './trading-day';
import { withheld } from './withheld';

/** Bus and gateway alone, against a scripted target: for every subject. */
export const busCells: readonly Cell[] = [
  gatewayKilled,
  brokerKilled,
  brokersRolling,
  produceAnswerLost,
  brokerFrozen,
  kafkaAwayFromGateway,
  kafkaSilentToConsumer,
  consumerKilled,
  consumerFrozen,
  rebalanceStorm,
  handlerFails,
  poisonRecords,
  slowPartition,
  repeatedReordered,
  rollingDeploy,
  parkedUnwritable,
  replayTwice,
  longRun,
];

/** The whole connector against the twins, and the limiter against a strict server. */
export const stackCells: readonly StackCell[] = [
  omniumAppliesThenResets,
  throttled,
  limiterLosesRedis,
  wrongClocks,
  exportBesideSales,
  tradingDay,
  withheld,
];

/** Cells without a number come last. */
const number = ({ name }: { name: string }) => (/^F\d/.test(name) ? Number.parseInt(name.slice(1), 10) : Number.MAX_SAFE_INTEGER);
export const cells: readonly (Cell | StackCell)[] = [...busCells, ...stackCells].sort((a, b) => number(a) - number(b));

/** The five sharpest, at most three minutes together. */
export const quickCells = ['F3', 'F7', 'F8', 'F12', 'F14'];
