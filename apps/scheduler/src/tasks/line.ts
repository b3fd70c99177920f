import type { Configuration, ScheduledTask, Tenant } from '@connector/connector-config';
import type { ConfigChange } from '@connector/contracts';

/** Why a task does not fire by itself; undefined: it does. */
export type Rest =
  /** No service of this installation does it. */
  | 'no-executor'
  | 'disabled'
  /** Another environment fires this tenant's tasks, or none was named. */
  | 'other-environment';

/** A scheduled task of one market: what fires, runs and is remembered. */
export interface Line {
  tenant: string;
  market: string;
  task: ScheduledTask;
  rest: Rest | undefined;
}

/** What was changed while the connector runs, by tenant and task. */
export type ChangeOf = (tenant: string, task: string) => ConfigChange | undefined;

export function lineName({ tenant, market, task }: Pick<Line, 'tenant' | 'market'> & { task: { id: string } }): string {
  return `${tenant}/${market}/${task.id}`;
}

/** A change wins over the file. */
export function isDisabled(tenant: string, task: ScheduledTask, changeOf: ChangeOf): boolean {
  return changeOf(tenant, task.id)?.isDisabled ?? task.isDisabled;
}

export function restOf(tenant: Tenant, task: ScheduledTask, environment: string, changeOf: ChangeOf): Rest | undefined {
  if (task.executor === undefined) return 'no-executor';
  if (isDisabled(tenant.id, task, changeOf)) return 'disabled';
  return isHere(tenant, environment) ? undefined : 'other-environment';
}

/** Every task of every active market. */
export function linesOf({ tenants }: Configuration, environment: string, changeOf: ChangeOf): Line[] {
  return tenants.flatMap((tenant) =>
    tenant.scheduledTasks.flatMap((task) => {
      const rest = restOf(tenant, task, environment, changeOf);
      return activeMarkets(tenant).map((market) => ({ tenant: tenant.id, market, task, rest }));
    }),
  );
}

export function activeMarkets({ markets }: Tenant): string[] {
  return markets.filter(({ state }) => state === 'active').map(({ market }) => market);
}

/** Both have to be named: where nobody said which environment fires, two might. */
function isHere({ scheduledTasksEnvironment }: Tenant, environment: string): boolean {
  return environment !== '' && scheduledTasksEnvironment?.toLowerCase() === environment.toLowerCase();
}
