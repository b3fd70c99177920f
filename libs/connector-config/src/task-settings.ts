import type { Setting } from './settings';

/** Fields of a block of `scheduled-tasks.json`. */
export const TASK_FIELDS = [
  {
    key: 'schedule',
    owner: 'Omnium',
    ifMissing: 'required',
    example: '*/45 * * * *',
    meaning:
      'Cron with five fields: minute, hour, day of month, month, day of week (0 = Sunday). `*/45` is minute 0 and 45 of every hour, not every 45 minutes.',
  },
  {
    key: 'implementationType',
    owner: 'Omnium',
    ifMissing: 'required',
    example: 'SitooProductExporterScheduledTask',
    meaning: 'What is done; see the table of types. Unknown types are kept and shown, and never fire.',
  },
  {
    key: 'isDisabled',
    owner: 'Omnium',
    default: 'false',
    example: 'true',
    meaning: 'true: never fires; it can be run by hand all the same.',
  },
  {
    key: 'properties',
    owner: 'Omnium',
    ifMissing: 'none',
    example: '[{"key": "TimeZone", "value": "Europe/Oslo"}]',
    meaning: 'Parameters, by the keys below. Others are kept.',
  },
] as const satisfies readonly Setting[];

/** `properties` of a scheduled task. */
export const TASK_PROPERTIES = [
  {
    key: 'TimeZone',
    owner: 'connector',
    default: 'UTC',
    example: 'Europe/Oslo',
    meaning: 'IANA time zone of the schedule. Omnium does not say which its cron is in; UTC is assumed, so a block moves over as it is.',
  },
  {
    key: 'Scope',
    owner: 'connector',
    ifMissing: 'the usual',
    example: 'sweep',
    meaning: 'How much of the task is wanted, where a type knows scopes.',
  },
  {
    key: 'CatchUp',
    owner: 'connector',
    ifMissing: 'by type',
    example: 'skip',
    meaning:
      'What becomes of a firing that could not go out in its minute, because no scheduler ran or the run before was still going: `skip` drops it, `once` fires the newest one as soon as it can.',
  },
] as const satisfies readonly Setting[];
