/** What the worker has done, for health and metrics. */
export class Progress {
  private lastMs: number;
  batches = 0;
  events = 0;
  quarantined = 0;
  refused = 0;
  readonly insertFailures = new Map<string, number>();

  constructor(private readonly now: () => number = Date.now) {
    this.lastMs = now();
  }

  /** Something moved: a batch was taken up or stored, or the server answered, be it with an error. */
  touch(): void {
    this.lastMs = this.now();
  }

  stored(events: number, quarantined: number): void {
    this.batches++;
    this.events += events;
    this.quarantined += quarantined;
    this.touch();
  }

  insertFailed(code: string): void {
    this.insertFailures.set(code, (this.insertFailures.get(code) ?? 0) + 1);
    this.touch();
  }

  get sinceMs(): number {
    return this.now() - this.lastMs;
  }
}
