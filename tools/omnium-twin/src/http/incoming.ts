import type { ContractAnswer, ContractRequest } from '@connector/testing';
import type { Reply } from '../call';

/** One HTTP call as the twin sees it. */
export interface Incoming extends ContractRequest {
  authorization: string | undefined;
  /** Set when the body could not be read as JSON. */
  malformed?: string;
  /** Resolves when the caller has closed the connection. */
  closed(): Promise<void>;
}

/** A call together with what the contract says about it. */
export interface CheckedCall {
  incoming: Incoming;
  contract: ContractAnswer;
  operationId: string;
  /** Known once the token is read. */
  tenantId?: string;
}

export interface Answer extends Reply {
  headers?: Readonly<Record<string, string>>;
}
