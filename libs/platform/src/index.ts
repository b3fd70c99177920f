export * from './http/gate';
