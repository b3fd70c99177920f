import type { Contract } from './contract';
import {
  omniumCartChanged,
  omniumOrderChanged,
  omniumOrderImported,
  sitooOrderChanged,
  sitooShipmentChanged,
  sitooWarehouseTransactionRecorded,
  sitooZReportClosed,
} from './notice';
import {
  checkpointRecorded,
  configChanged,
  noticeParked,
  omniumEventUnrecognised,
  outcomeRecorded,
  sitooEventUnrecognised,
  syncTaskRequested,
  taskProgressed,
} from './records';

const notices = [
  sitooOrderChanged,
  sitooWarehouseTransactionRecorded,
  sitooShipmentChanged,
  sitooZReportClosed,
  omniumOrderChanged,
  omniumCartChanged,
  omniumOrderImported,
];

/** Every kind of record there is, for the step that creates topics. The bus adds its delay topics. */
export const contracts: readonly Contract[] = [
  ...notices.flatMap((notice) => [notice, notice.bulk]),
  sitooEventUnrecognised,
  omniumEventUnrecognised,
  syncTaskRequested,
  taskProgressed,
  noticeParked,
  outcomeRecorded,
  checkpointRecorded,
  configChanged,
];
