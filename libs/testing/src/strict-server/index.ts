export { callServer } from './call-server';
export type { ServerAnswer } from './call-server';
export { StrictServer } from './strict-server';
export type { Arrival, ServerLimits } from './strict-server';
