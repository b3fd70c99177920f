import 'reflect-metadata';
import { loadAndLog } from '@connector/connector-config';
import { runApp } from '@connector/platform';
import { AppModule } from './app.module';
import { settings } from './config';
import { startWork } from './worker';

void runApp({
  name: 'scheduler',
  settings,
  module: async (values, logger) => AppModule.register(values, await loadAndLog(values.configDir, process.env, logger), logger),
  start: (app, values, logger) => startWork(app, values, logger),
});
