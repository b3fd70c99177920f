export * from './platforms/index';
