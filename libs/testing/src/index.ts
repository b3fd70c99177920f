export * from './contract-gate/index';
export * from './receipts/index';
export * from './strict-server/index';
