import { NestLogger, type Logger } from '@connector/platform';
import { Module, ValidationPipe, type DynamicModule, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { Settings } from '../config';
import { Tasks } from '../tasks/tasks';
import { TasksController } from './tasks.controller';
import { TokenGuard } from './token-guard';

@Module({})
class ApiModule {
  static register(tasks: Tasks): DynamicModule {
    return { module: ApiModule, controllers: [TasksController], providers: [{ provide: Tasks, useValue: tasks }] };
  }
}

export type ApiSettings = Pick<Settings, 'apiToken' | 'httpHost' | 'httpPort'>;

/** Opens the API on a port of its own, beside that of health and metrics. Without a token it is reached from this machine only. */
export async function startApi(tasks: Tasks, { apiToken, httpHost, httpPort }: ApiSettings, logger: Logger): Promise<INestApplication> {
  const api = await NestFactory.create(ApiModule.register(tasks), new FastifyAdapter(), {
    logger: new NestLogger(logger),
    abortOnError: false,
  });
  api.useGlobalGuards(new TokenGuard(apiToken));
  api.useGlobalPipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true }));
  const isOpen = apiToken !== '';
  await api.listen(httpPort, isOpen ? httpHost : '127.0.0.1');
  const address = await api.getUrl();
  if (isOpen) logger.info({ api: address }, 'api.listening');
  else
    logger.warn({ api: address, problem: 'SCHEDULER_API_TOKEN is not set, so the API is reached from this machine only' }, 'api.listening');
  return api;
}
