import { CallError, type CallFailure } from '@connector/platform';
import { blocksEverybody } from './blocks-everybody';

const failed = (failure: CallFailure) => new CallError('omnium', 'orders.byIds', failure, 'failed', { retryable: false });

test.each<CallFailure>([
  'THROTTLED',
  'TIMEOUT',
  'UNREACHABLE',
  'SERVER_ERROR',
  'CIRCUIT_OPEN',
  'NOT_ADMITTED',
  'UNAUTHORISED',
  'FORBIDDEN',
])('%s says nothing about the record: the work waits', (failure) => {
  expect(blocksEverybody(failed(failure))).toBe(true);
});

test.each<CallFailure>(['REJECTED', 'NOT_FOUND', 'CONFLICT', 'BAD_ANSWER', 'CANCELLED'])(
  '%s may be about the record: it is tried again or parked',
  (failure) => {
    expect(blocksEverybody(failed(failure))).toBe(false);
  },
);

test('an outage is seen through the error that wraps it', () => {
  expect(blocksEverybody(new Error('reading failed', { cause: failed('TIMEOUT') }))).toBe(true);
});

test('any other error is a fault of ours', () => {
  expect(blocksEverybody(new TypeError('x is not a function'))).toBe(false);
});
