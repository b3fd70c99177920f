import { webOrderRejectionCodes } from '@connector/mapping';
import { areOwnWords, type StaffEntry } from '../../markets/staff-problems';
import { omniumOrderToSitoo } from './flow';

/** What staff see on an order that cannot go to its store. Sitoo's own words may quote a customer, so of its refusals only the code is told. */
export const exportProblem: StaffEntry = {
  key: () => 'sitoo-order-export',
  message: (reason) =>
    `Not sent to the store: ${areOwnWords(reason, webOrderRejectionCodes) ? reason.message : 'Sitoo did not take this order'}`,
  attempts: omniumOrderToSitoo.retry.attempts,
};
