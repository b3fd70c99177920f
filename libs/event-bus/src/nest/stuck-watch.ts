/**
 * Tells a member that is stuck from one whose broker is away. Only the first is cured by a restart; restarting the fleet because a broker
 * is away would add one rebalance per process to the outage.
 */
export class StuckWatch {
  private timer: NodeJS.Timeout | undefined;
  private asking = false;
  stuck = false;

  constructor(
    /** Ms since the last sign of life in the group. */
    private readonly silentMs: () => number,
    /** Whether a broker answers a fresh connection. */
    private readonly brokerAnswers: () => Promise<boolean>,
    private readonly stuckMs: number,
  ) {}

  start(): void {
    this.timer = setInterval(() => void this.look(), this.stuckMs / 4);
    this.timer.unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** Asks the broker only when the member has been silent for too long. */
  async look(): Promise<void> {
    if (this.asking) return;
    this.asking = true;
    try {
      this.stuck = this.silentMs() >= this.stuckMs && (await this.brokerAnswers()) && this.silentMs() >= this.stuckMs;
    } finally {
      this.asking = false;
    }
  }
}
