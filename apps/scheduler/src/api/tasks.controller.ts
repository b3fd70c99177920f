import { PublishFailed } from '@connector/event-bus';
import {
  Body,
  ConflictException,
  Controller,
  Get,
  HttpCode,
  Inject,
  NotFoundException,
  Param,
  Post,
  ServiceUnavailableException,
} from '@nestjs/common';
import type { ShownRun, ShownTask } from '../tasks/shown';
import { Tasks, type Answer } from '../tasks/tasks';
import { RunNow, SwitchTask } from './bodies';

/** docs/api/scheduler.yaml describes every route. */
@Controller('tasks')
export class TasksController {
  constructor(@Inject(Tasks) private readonly tasks: Tasks) {}

  @Get()
  list(): { environment: string | null; leading: boolean; tasks: ShownTask[] } {
    return { environment: this.tasks.environment || null, leading: this.tasks.leading, tasks: this.tasks.list() };
  }

  @Get(':tenant/:task')
  get(@Param('tenant') tenant: string, @Param('task') task: string): ShownTask {
    return valueOf(this.tasks.get(tenant, task));
  }

  @Get(':tenant/:task/history')
  history(@Param('tenant') tenant: string, @Param('task') task: string): { runs: ShownRun[] } {
    return { runs: valueOf(this.tasks.history(tenant, task)) };
  }

  @Post(':tenant/:task/run')
  @HttpCode(202)
  run(@Param('tenant') tenant: string, @Param('task') task: string, @Body() body?: RunNow): Promise<ShownTask> {
    return settled(this.tasks.runNow(tenant, task, body?.market));
  }

  @Post(':tenant/:task/enable')
  @HttpCode(200)
  enable(@Param('tenant') tenant: string, @Param('task') task: string, @Body() body?: SwitchTask): Promise<ShownTask> {
    return settled(this.tasks.setDisabled(tenant, task, false, body?.by));
  }

  @Post(':tenant/:task/disable')
  @HttpCode(200)
  disable(@Param('tenant') tenant: string, @Param('task') task: string, @Body() body?: SwitchTask): Promise<ShownTask> {
    return settled(this.tasks.setDisabled(tenant, task, true, body?.by));
  }
}

async function settled<T>(work: Promise<Answer<T>>): Promise<T> {
  try {
    return valueOf(await work);
  } catch (error) {
    if (!(error instanceof PublishFailed)) throw error;
    throw new ServiceUnavailableException({ code: error.code, message: 'Kafka did not take it. Try again.' });
  }
}

function valueOf<T>(answer: Answer<T>): T {
  if (answer.ok) return answer.value;
  const { refusal } = answer;
  if (refusal.code === 'TASK_NOT_FOUND' || refusal.code === 'MARKET_NOT_FOUND') throw new NotFoundException(refusal);
  throw new ConflictException(refusal);
}
