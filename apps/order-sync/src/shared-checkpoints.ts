import { Bus, Checkpoints } from '@connector/event-bus';
import { Inject, Injectable } from '@nestjs/common';

/** Cursors and watermarks of all flows: one reading of their topic, begun at the first question, when the topics exist. */
@Injectable()
export class SharedCheckpoints {
  private opened: Promise<Checkpoints> | undefined;

  constructor(@Inject(Bus) private readonly bus: Bus) {}

  get(): Promise<Checkpoints> {
    return (this.opened ??= this.open());
  }

  /** Stops following them. */
  async close(): Promise<void> {
    const checkpoints = await this.opened?.catch(() => undefined);
    await checkpoints?.stop();
  }

  private async open(): Promise<Checkpoints> {
    const checkpoints = new Checkpoints(this.bus.kafka, this.bus.publisher);
    try {
      await checkpoints.start();
      return checkpoints;
    } catch (error) {
      this.opened = undefined;
      await checkpoints.stop();
      throw error;
    }
  }
}
