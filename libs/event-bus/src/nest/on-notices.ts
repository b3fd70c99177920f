import { applyDecorators, UseFilters } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import type { FlowDefinition } from '../flows/flow';
import { KeepErrors } from './keep-errors';

/** Marks the controller method that works on a flow's notices: `(work: WorkItem[], context: WorkContext) => Promise<Outcomes>`. */
export function OnNotices(flow: FlowDefinition): MethodDecorator {
  return applyDecorators(EventPattern<string>(flow.group, { flow }), UseFilters(KeepErrors));
}
