/** One thing an app says about itself. `detail` is shown to anyone who asks; it holds numbers and codes only. */
export interface HealthSign {
  name: string;
  check: () => { up: boolean; detail?: Record<string, string | number | boolean> };
}

/**
 * What the probes ask. Startup: configuration read, topics there, groups joined once. Readiness: may be given traffic. Liveness: own
 * progress only, never dependencies, or an outage of a broker would restart the whole fleet. Providers add their signs when they are made.
 */
export class HealthSigns {
  readonly startup: HealthSign[] = [];
  readonly readiness: HealthSign[] = [];
  readonly liveness: HealthSign[] = [];
}
