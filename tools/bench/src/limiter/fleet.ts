import { ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { Command, Orders, Report, Session } from './orders';

/** A worker process and its IPC channel. */
export class Worker {
  private constructor(private readonly child: ChildProcess) {}

  static async start(orders: Orders): Promise<Worker> {
    const child = fork(join(__dirname, 'worker.js'), [JSON.stringify(orders)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const worker = new Worker(child);
    await worker.hear('ready');
    return worker;
  }

  async round(ms: number, concurrent: number): Promise<Extract<Report, { is: 'round' }>> {
    const answer = this.hear('round');
    this.send({ do: 'round', ms, concurrent });
    return answer;
  }

  begin(session: Session): void {
    this.send({ do: 'begin', session });
  }

  /** Ends a session and takes what it measured. */
  async end(name: string): Promise<Extract<Report, { is: 'end' }>> {
    const answer = this.hear('end', (report) => report.name === name);
    this.send({ do: 'end', name });
    return answer;
  }

  async stop(): Promise<void> {
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    if (this.child.exitCode !== null) return;
    this.send({ do: 'stop' });
    const timer = setTimeout(() => this.child.kill('SIGKILL'), 2000);
    await gone;
    clearTimeout(timer);
  }

  private send(command: Command): void {
    if (this.child.connected) this.child.send(command);
  }

  private hear<Is extends Report['is']>(
    is: Is,
    wanted: (report: Extract<Report, { is: Is }>) => boolean = () => true,
  ): Promise<Extract<Report, { is: Is }>> {
    return new Promise((resolve, reject) => {
      const onMessage = (message: Report): void => {
        if (!isReport(message, is) || !wanted(message)) return;
        done();
        resolve(message);
      };
      const onExit = (): void => {
        done();
        reject(new Error(`a worker ended before its ${is} report`));
      };
      const done = (): void => {
        this.child.off('message', onMessage);
        this.child.off('exit', onExit);
      };
      this.child.on('message', onMessage);
      this.child.once('exit', onExit);
    });
  }
}

function isReport<Is extends Report['is']>(message: Report, is: Is): message is Extract<Report, { is: Is }> {
  return message.is === is;
}
