export { TwinAdmin, type TwinReport } from './admin/admin';
export { BadInput } from './bad-input';
export type { Clock } from './clock';
export type { EventCounts } from './events/event-counts';
export type { Fault } from './faults';
export type { RecordedViolation } from './records';
export { readSeed, type AccountSeed, type ApiKey, type Subscription, type TwinSeed } from './seed';
export { startSitooTwin, type SitooTwin, type SitooTwinOptions } from './server';
export { DEFAULT_SETTINGS, type TwinSettings } from './settings';
