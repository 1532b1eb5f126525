import { DOOR, type Heartbeat } from '@weir/contracts';
import type { Door } from './door.js';

const EVERY_MS = 1_000;

/** Tells the control plane every second how this proxy stands. One that cannot be delivered is superseded by the next. */
export class Heartbeats {
  private timer: NodeJS.Timeout | null = null;
  private sending: Promise<void> | null = null;

  constructor(
    private readonly door: Door,
    private readonly beat: () => Promise<Heartbeat>,
  ) {}

  start(): void {
    this.timer = setInterval(() => {
      this.sending ??= this.send().finally(() => {
        this.sending = null;
      });
    }, EVERY_MS);
  }

  async stop(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    await this.sending;
  }

  private async send(): Promise<void> {
    const beat = await this.beat();
    // The subscription logs when the control plane is away.
    await this.door.post(DOOR.heartbeat, beat).catch(() => undefined);
  }
}
