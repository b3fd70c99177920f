import type { Logger, Running } from '@connector/platform';
import type { INestApplication } from '@nestjs/common';
import { startApi } from './api/api';
import type { Settings } from './config';
import { Scheduler } from './scheduler';

/** Follows the topics, joins the schedulers' group, then opens the API. */
export async function startWork(app: INestApplication, settings: Settings, logger: Logger): Promise<Running> {
  const scheduler = app.get(Scheduler);
  await scheduler.start();
  const api = await startApi(scheduler.tasks, settings, logger);
  return {
    stop: async () => {
      await api.close();
      await scheduler.stop();
    },
  };
}
