import { apis, type Api, type RequestHead } from './frames';

/** What becomes of one answer of the broker. */
export type Action =
  /** The broker has done it, the client never hears. */
  | { kind: 'drop' }
  /** The same, and the connection is reset. */
  | { kind: 'drop-and-reset' }
  | { kind: 'delay'; ms: number }
  /** This many bytes of the answer pass, then the connection is reset. */
  | { kind: 'cut'; bytes: number };

export interface Rule {
  api: Api;
  /** Beginning of the client's name; without it all clients but observers. */
  client?: string;
  /** This many answers pass before the rule applies. */
  skip?: number;
  /** The rule applies to every n-th answer from then on; 1 is every one. */
  every?: number;
  /** How often the rule applies at most. */
  times?: number;
  action: Action;
}

/** `blackhole`: the connection stands and nothing passes until it ends; what was held then passes. `refuse`: it is reset. */
export type Mode = 'pass' | 'blackhole' | 'refuse';

export interface InjectedFault {
  kind: string;
  client: string;
  api?: string;
}

/** Clients with this beginning of their name are never disturbed: the run's own eyes. */
export const observer = 'faults-observer';

interface ActiveRule extends Rule {
  seen: number;
  hits: number;
}

/** The faults of a cluster: the same plan for the proxies of all its brokers. */
export class FaultPlan {
  private rules: ActiveRule[] = [];
  private modes: { mode: Mode; client: string; waiting: (() => void)[] }[] = [];
  private latency: { ms: number; client: string } | undefined;

  constructor(
    /** Told of every fault. */
    public onFault: (fault: InjectedFault) => void = () => undefined,
  ) {}

  /** Adds a rule. The answer tells how often it has applied. */
  add(rule: Rule): { readonly hits: number } {
    const active: ActiveRule = { ...rule, seen: 0, hits: 0 };
    this.rules.push(active);
    return active;
  }

  /** Puts clients into a mode, `pass` ends it. */
  mode(mode: Mode, client = ''): void {
    const ended = this.modes.filter((one) => one.client === client);
    this.modes = this.modes.filter((one) => one.client !== client);
    if (mode !== 'pass') this.modes.push({ mode, client, waiting: [] });
    this.onFault({ kind: mode, client });
    for (const { waiting } of ended) for (const go of waiting) go();
  }

  /** Every answer comes this much later, ms; 0 ends it. */
  slow(ms: number, client = ''): void {
    this.latency = ms > 0 ? { ms, client } : undefined;
    this.onFault({ kind: ms > 0 ? 'latency' : 'no latency', client });
  }

  /** Ends everything that was planned. */
  clear(): void {
    this.rules = [];
    this.latency = undefined;
    for (const { client } of [...this.modes]) this.mode('pass', client);
  }

  /** What happens to the answer of this request. Counts it. */
  decide(head: RequestHead): Action | undefined {
    for (const rule of this.rules) {
      if (!matches(rule, head)) continue;
      rule.seen += 1;
      const due = rule.seen > (rule.skip ?? 0) && (rule.seen - (rule.skip ?? 0) - 1) % (rule.every ?? 1) === 0;
      if (!due || rule.hits >= (rule.times ?? Number.POSITIVE_INFINITY)) continue;
      rule.hits += 1;
      this.onFault({ kind: rule.action.kind, client: head.clientId, api: rule.api });
      return rule.action;
    }
    return undefined;
  }

  isRefused(client: string): boolean {
    return this.modeOf(client)?.mode === 'refuse';
  }

  /** Resolves when this client's bytes may pass: at once, or when the blackhole ends; after the latency that is set. */
  async passage(client: string): Promise<void> {
    for (let held = this.modeOf(client); held?.mode === 'blackhole'; held = this.modeOf(client)) {
      const { waiting } = held;
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    if (this.latency && disturbs(this.latency.client, client)) await pause(this.latency.ms);
  }

  private modeOf(client: string): { mode: Mode; waiting: (() => void)[] } | undefined {
    return this.modes.find((one) => disturbs(one.client, client));
  }
}

function matches({ api, client }: Rule, head: RequestHead): boolean {
  return apis[api] === head.apiKey && disturbs(client ?? '', head.clientId);
}

/** Whether a fault for clients whose name begins with `wanted` concerns this client. */
export function disturbs(wanted: string, client: string): boolean {
  return !client.startsWith(observer) && client.startsWith(wanted);
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
