export * from './contract-gate/index';
export * from './receipts/index';
