export { Contract, loadContract } from './contract';
export type { ContractAnswer, ContractOptions, ContractRequest, QueryInput, Violation } from './types';
