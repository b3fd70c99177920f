import { CallGate, CallPass, CallResult } from '@connector/platform';

/** Counts calls the way a strict server does: a bucket per key or for the account, and calls in flight. */
export class StrictServer {
  calls = 0;
  throttled = 0;
  mostInFlight = 0;
  private readonly buckets = new Map<string, number>();
  private readonly open = new Map<string, number>();

  constructor(private readonly limits: { ratePerSecond: number; burst: number; scope: 'key' | 'account'; inFlight: number }) {}

  /** One call with this pass that takes so long. */
  async call(pass: CallPass, takesMs: number): Promise<CallResult> {
    const scope = this.limits.scope === 'key' ? String(pass.key) : 'account';
    const open = (this.open.get(scope) ?? 0) + 1;
    this.open.set(scope, open);
    this.mostInFlight = Math.max(this.mostInFlight, open);
    this.calls += 1;
    const result = this.judge(scope, open);
    await new Promise((resolve) => setTimeout(resolve, takesMs));
    this.open.set(scope, (this.open.get(scope) ?? 1) - 1);
    return result;
  }

  private judge(scope: string, open: number): CallResult {
    if (open > this.limits.inFlight) return this.refuse({ kind: 'too-many-connections' });
    const now = performance.now();
    const interval = 1000 / this.limits.ratePerSecond;
    const tat = Math.max(this.buckets.get(scope) ?? 0, now);
    if (tat - now > (this.limits.burst - 1) * interval + 1e-6) return this.refuse({ kind: 'throttled', headers: {} });
    this.buckets.set(scope, tat + interval);
    return { kind: 'answered', status: 200, headers: {} };
  }

  private refuse(result: CallResult): CallResult {
    this.throttled += 1;
    return result;
  }
}

/** Calls through a gate as fast as it lets, with `width` callers, until told to stop. Returns the number of calls. */
export async function hammer(
  gate: CallGate,
  server: StrictServer,
  options: { width: number; takesMs: number; stop: AbortSignal },
): Promise<number> {
  let calls = 0;
  const caller = async (): Promise<void> => {
    while (!options.stop.aborted) {
      const pass = await gate.enter({ class: 'price', signal: options.stop });
      calls += 1;
      await pass.leave(await server.call(pass, options.takesMs));
    }
  };
  await Promise.allSettled(Array.from({ length: options.width }, caller));
  return calls;
}
