import type { Contract } from './contract';
import { sitooOrderChanged, sitooShipmentChanged, sitooWarehouseTransactionRecorded, sitooZReportClosed } from './notice';
import { noticeParked, outcomeRecorded, sitooEventUnrecognised, syncTaskRequested } from './records';

/** Every kind of record there is, for the step that creates topics. The bus adds its delay topics. */
export const contracts: readonly Contract[] = [
  sitooOrderChanged,
  sitooWarehouseTransactionRecorded,
  sitooShipmentChanged,
  sitooZReportClosed,
  sitooEventUnrecognised,
  syncTaskRequested,
  noticeParked,
  outcomeRecorded,
];
