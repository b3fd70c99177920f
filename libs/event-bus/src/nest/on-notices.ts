import { EventPattern } from '@nestjs/microservices';
import type { FlowDefinition } from '../flows/flow';

/** Marks the controller method that works on a flow's notices: `(work: WorkItem[], context: WorkContext) => Promise<Outcomes>`. */
export function OnNotices(flow: FlowDefinition): MethodDecorator {
  return EventPattern<string>(flow.group, { flow });
}
