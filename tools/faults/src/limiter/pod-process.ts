import { fork, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { Command, PodOrders, PodReport } from './orders';

/** Lies about the time before anything else is loaded. */
const shiftedClock = join(__dirname, 'shifted-clock.js');

export interface PodOptions {
  readonly orders: PodOrders;
  /** A planted fault. */
  readonly preload?: string;
  /** How far its wall clock is off, ms. */
  readonly clockShiftMs?: number;
  readonly logFile: string;
}

/** A pod and its IPC channel. It dies with this process. */
export class PodProcess {
  readonly reported: Promise<PodReport>;

  private constructor(
    private readonly child: ChildProcess,
    pod: number,
  ) {
    this.reported = new Promise((resolve, reject) => {
      child.once('message', (report: PodReport) => resolve(report));
      child.once('exit', (code, signal) => reject(new Error(`pod ${pod} ended (${signal ?? code}) without a report`)));
    });
    this.reported.catch(() => undefined); // told to whoever waits for it
  }

  static start({ orders, preload, clockShiftMs, logFile }: PodOptions): PodProcess {
    const first = clockShiftMs === undefined ? [] : [shiftedClock];
    const output = openSync(logFile, 'a');
    const child = fork(join(__dirname, 'pod.js'), [JSON.stringify(orders)], {
      execArgv: ['--enable-source-maps', ...[...first, ...(preload ? [preload] : [])].flatMap((file) => ['--require', file])],
      env: { ...process.env, FAULTS_CLOCK_SHIFT_MS: String(clockShiftMs ?? 0) },
      stdio: ['ignore', output, output, 'ipc'],
    });
    closeSync(output);
    return new PodProcess(child, orders.pod);
  }

  send(command: Command): void {
    if (this.child.connected) this.child.send(command);
  }

  kill(): void {
    this.child.kill('SIGKILL');
  }
}
