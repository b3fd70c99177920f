import { Environment, resolveReferences } from './environment';
import { isJsonObject, JsonObject, withKnownKeys } from './json';
import { Report } from './problem';
import { RawRecord } from './raw-record';
import { PROPERTY_KEYS } from './record-shape';
import { Schedule } from './schedule';
import { ScheduledTaskRecord, TASK_KEYS } from './scheduled-task-shape';
import { decodeShape } from './shape';
import { CatchUp, findTaskKind, TASK_KINDS, TaskKind } from './task-kinds';

/** A scheduled task of a tenant, as its file says. */
export interface ScheduledTask {
  /** What it goes by in addresses and firings: `order-reconciliation.sweep`, or the type's name when it is unknown. */
  id: string;
  implementationType: string;
  /** Name and scope in `sync.task.requested`; undefined: no service of the connector knows this type. */
  task: string | undefined;
  scope: string | undefined;
  schedule: Schedule;
  isDisabled: boolean;
  catchUp: CatchUp;
  /** The service that does it; undefined: none does, so it never fires and cannot be run. */
  executor: string | undefined;
  record: RawRecord;
}

interface Properties {
  scope: string | undefined;
  timeZone: string;
  catchUp: CatchUp | undefined;
}

/** Omnium does not say which zone its cron is in; UTC is the safe assumption, and it has no clock changes (omnium/configuration.md section 2). */
const standardZone = 'UTC';

/** Reads the content of `scheduled-tasks.json`: a list of blocks. A block with a fault is reported and left out; the others stay. */
export function readScheduledTasks(content: unknown, env: Environment, report: Report): ScheduledTask[] {
  const blocks = isJsonObject(content) ? [content] : content;
  if (!Array.isArray(blocks)) {
    report.error('TASKS_SHAPE', 'The file must hold a list of scheduled tasks, [ {…}, {…} ].');
    return [];
  }
  const tasks = new Map<string, ScheduledTask>();
  blocks.forEach((block: unknown, index) => {
    const at = report.inside(`[${index}]`);
    if (!isJsonObject(block)) return at.error('TASKS_SHAPE', 'A scheduled task must be an object, {…}.');
    const task = readTask(block, env, at);
    if (!task) return;
    if (tasks.has(task.id))
      return at.error(
        'TASK_TWICE',
        `This is a second task "${task.id}". A type stands once per scope; write both times into one schedule, or remove a block.`,
      );
    tasks.set(task.id, task);
  });
  return [...tasks.values()];
}

function readTask(block: JsonObject, env: Environment, report: Report): ScheduledTask | undefined {
  const record = decode(block, report);
  if (!record) return undefined;
  const kind = kindOf(record.implementationType, report.inside('implementationType'));
  const properties = readProperties(record, kind, env, report);
  const schedule = properties && readSchedule(record.schedule, properties.timeZone, report.inside('schedule'));
  if (!properties || !schedule) return undefined;
  const scope = kind?.scope ?? properties.scope;
  return {
    id: kind ? [kind.task, ...(scope ? [scope] : [])].join('.') : record.implementationType,
    implementationType: record.implementationType,
    task: kind?.task,
    scope,
    schedule,
    isDisabled: record.isDisabled ?? false,
    catchUp: properties.catchUp ?? kind?.catchUp ?? 'skip',
    executor: kind?.executor,
    record: new RawRecord(block),
  };
}

function decode(block: JsonObject, report: Report): ScheduledTaskRecord | undefined {
  const { values, doubled } = withKnownKeys(block, TASK_KEYS);
  for (const key of doubled)
    report.inside(key).error('KEY_TWICE', `"${key}" stands twice, in different upper and lower case. Keep one of them.`);
  if (Array.isArray(values.properties))
    values.properties = values.properties.map((item: unknown) => (isJsonObject(item) ? withKnownKeys(item, PROPERTY_KEYS).values : item));
  const record = decodeShape(ScheduledTaskRecord, values, report);
  return doubled.length === 0 ? record : undefined;
}

/** Whatever no service does is said aloud: it looks like a schedule and nothing comes of it. */
function kindOf(type: string, report: Report): TaskKind | undefined {
  const kind = findTaskKind(type);
  if (kind?.executor) return kind;
  if (kind) {
    report.warning('TASK_NOT_DONE', `No service of this installation does "${type}" yet. The task is kept and shown, and never fires.`);
    return kind;
  }
  const meant = TASK_KINDS.find(({ implementationType }) => implementationType.toLowerCase() === type.trim().toLowerCase());
  const advice = meant
    ? `Write "${meant.implementationType}".`
    : `Known are ${TASK_KINDS.map(({ implementationType }) => implementationType).join(', ')}.`;
  report.warning('TASK_UNKNOWN', `This type of task is not known here: it is kept and shown, and never fires. ${advice}`);
  return undefined;
}

function readSchedule(expression: string, timeZone: string, report: Report): Schedule | undefined {
  try {
    return Schedule.parse(expression, timeZone);
  } catch (error) {
    report.error('SCHEDULE_INVALID', `"schedule" ${error instanceof Error ? error.message : 'cannot be read'}.`);
    return undefined;
  }
}

/** Properties of ours; the others are the retailer's or Omnium's, and kept. Undefined: something is wrong, and was reported. */
function readProperties(
  { properties }: ScheduledTaskRecord,
  kind: TaskKind | undefined,
  env: Environment,
  report: Report,
): Properties | undefined {
  let isSound = true;
  const read = <T>(key: string, judge: (text: string) => T | undefined, advice: string): T | undefined => {
    const index = properties.findIndex((property) => property.key.toLowerCase() === key.toLowerCase() && property.value.trim() !== '');
    if (index < 0) return undefined;
    const at = report.inside(`properties[${index}].value`);
    const { text } = resolveReferences(properties[index]!.value, env, at);
    const value = text === undefined ? undefined : judge(text.trim());
    if (text !== undefined && value === undefined) at.error('TASK_PROPERTY', `"${key}" ${advice}`);
    isSound &&= value !== undefined;
    return value;
  };
  const timeZone = read('TimeZone', zoneOf, 'is not an IANA time zone. Write it as Europe/Oslo.') ?? standardZone;
  const scopes = kind?.scopes ?? [];
  const scope = kind && read('Scope', (text) => scopes.find((one) => one === text), scopeAdvice(scopes));
  const catchUp = read('CatchUp', (text) => (text === 'skip' || text === 'once' ? text : undefined), 'must be skip or once.');
  return isSound ? { scope, timeZone, catchUp } : undefined;
}

function scopeAdvice(scopes: readonly string[]): string {
  return scopes.length === 0 ? 'has no meaning for this task. Remove it.' : `must be ${scopes.join(' or ')}, or be left out.`;
}

function zoneOf(text: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}
