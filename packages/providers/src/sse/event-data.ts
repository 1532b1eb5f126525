import type { ByteSink } from './byte-sink.js';

const FIELD = Buffer.from('data');
const LF = 0x0a;
const CR = 0x0d;
const COLON = 0x3a;
const SPACE = 0x20;
const OPEN_BRACE = 0x7b;
const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

const Line = { Name: 0, Space: 1, Data: 2, Skip: 3, Raw: 4 } as const;
type Line = (typeof Line)[keyof typeof Line];

/**
 * Hands the data of one event to a sink, without the `data:` in front of each line, in any number of pieces. An event
 * that begins with a brace is JSON that was sent without any framing, as some servers do with an error in a stream.
 */
export class EventData {
  private line: Line = Line.Name;
  /** How many bytes of the field name have matched. */
  private matched = 0;
  private lines = 0;
  private isFresh = true;
  private static readonly newline = Buffer.from('\n');

  reset(): void {
    this.line = Line.Name;
    this.matched = 0;
    this.lines = 0;
    this.isFresh = true;
  }

  push(bytes: Buffer, from: number, to: number, sink: ByteSink): void {
    if (this.isFresh && from < to) {
      this.isFresh = false;
      if (bytes[from] === OPEN_BRACE) this.line = Line.Raw;
    }
    if (this.line === Line.Raw) {
      sink.push(bytes, from, to);
      return;
    }
    let dataFrom = this.line === Line.Data ? from : -1;
    for (let i = from; i < to; i++) {
      const byte = bytes[i] as number;
      if (byte === LF || byte === CR) {
        if (dataFrom >= 0) sink.push(bytes, dataFrom, i);
        dataFrom = -1;
        this.line = Line.Name;
        this.matched = 0;
      } else if (this.line === Line.Name) this.matchName(byte);
      else if (this.line === Line.Space) {
        if (this.lines++ > 0) sink.push(EventData.newline);
        this.line = Line.Data;
        dataFrom = byte === SPACE ? i + 1 : i;
      }
    }
    if (dataFrom >= 0) sink.push(bytes, dataFrom, to);
  }

  private matchName(byte: number): void {
    if (this.matched === FIELD.length) this.line = byte === COLON ? Line.Space : Line.Skip;
    else if (byte === FIELD[this.matched]) this.matched++;
    // A byte order mark may stand before the first field of a stream.
    else if (this.matched > 0 || !BOM.includes(byte)) this.line = Line.Skip;
  }
}
