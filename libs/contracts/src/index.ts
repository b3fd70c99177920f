export * from './events/all';
export * from './events/contract';
export * from './events/firing';
export * from './events/key';
export * from './events/notice';
export * from './events/records';
export * from './platforms/index';
