const EVENT_STREAM = 'application/vnd.amazon.eventstream';
const BLANK_LINE = /\r\n\r\n|\n\n|\r\r/g;

/** Counts the whole events of a stream as its bytes come: AWS messages, else whatever blank lines end. */
export class EventCounter {
  private held = Buffer.alloc(0);
  events = 0;

  constructor(private readonly contentType: string) {}

  push(chunk: Buffer): void {
    this.held = Buffer.concat([this.held, chunk]);
    if (this.contentType.startsWith(EVENT_STREAM)) this.takeMessages();
    else this.takeLines();
  }

  private takeMessages(): void {
    while (this.held.length >= 4 && this.held.length >= this.held.readUInt32BE(0)) {
      this.held = this.held.subarray(Math.max(1, this.held.readUInt32BE(0)));
      this.events++;
    }
  }

  private takeLines(): void {
    const text = this.held.toString('latin1');
    let end = 0;
    for (const match of text.matchAll(BLANK_LINE)) {
      end = match.index + match[0].length;
      this.events++;
    }
    this.held = this.held.subarray(end);
  }
}
