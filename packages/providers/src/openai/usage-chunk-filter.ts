import { MemberPaths, MemberScanner } from '../json/member-scanner.js';
import type { StreamFilter } from '../provider-type.js';
import { EventBoundary } from '../sse/event-boundary.js';
import { EventData } from '../sse/event-data.js';
import { HeldBytes } from '../sse/held-bytes.js';
import { keyMark, MarkSearch } from '../sse/mark-search.js';

/** A usage-only chunk is a few hundred bytes; an event longer than this is passed on while it comes. */
const HELD_MAX_BYTES = 65_536;
const PATHS = new MemberPaths(['choices', 'usage']);
const NOTHING = Buffer.alloc(0);

/**
 * Takes the usage-only chunk (empty `choices`, a `usage` object) out of a chat stream and leaves every other byte as it
 * came, however the bytes are cut. Holds back the event under way, nothing else.
 */
export class UsageChunkFilter implements StreamFilter {
  removed = false;
  private readonly boundary = new EventBoundary();
  private readonly marks = new MarkSearch([keyMark('usage')]);
  private readonly data = new EventData();
  private readonly scanner = new MemberScanner(PATHS);
  private readonly held = new HeldBytes();
  private isPassing = false;
  private isTailDropped = false;

  push(chunk: Buffer): Buffer {
    const parts: Buffer[] = [];
    const tail = this.boundary.tail(chunk);
    let keptFrom = tail === 1 && this.isTailDropped ? 1 : 0;
    let pos = tail;
    this.marks.begin(chunk);
    while (pos < chunk.length) {
      const end = this.boundary.next(chunk, pos);
      if (end < 0) {
        if (this.isPassing) return join(parts, chunk.subarray(keptFrom));
        if (keptFrom < pos) parts.push(chunk.subarray(keptFrom, pos));
        return this.hold(chunk, pos, parts);
      }
      if (this.held.length > 0) {
        this.held.add(chunk, pos, end);
        const event = Buffer.from(this.held.view());
        this.held.clear();
        this.marks.begin(event);
        this.isTailDropped = this.isUsageOnly(event, 0, event.length);
        this.marks.begin(chunk);
        if (!this.isTailDropped) parts.push(event);
        keptFrom = end;
      } else {
        this.isTailDropped = !this.isPassing && this.isUsageOnly(chunk, pos, end);
        if (this.isTailDropped) {
          if (keptFrom < pos) parts.push(chunk.subarray(keptFrom, pos));
          keptFrom = end;
        }
      }
      this.isPassing = false;
      pos = end;
    }
    return join(parts, chunk.subarray(keptFrom));
  }

  flush(): Buffer {
    const rest = Buffer.from(this.held.view());
    this.held.clear();
    this.marks.begin(rest);
    return this.isUsageOnly(rest, 0, rest.length) ? NOTHING : rest;
  }

  private hold(chunk: Buffer, from: number, parts: Buffer[]): Buffer {
    if (this.held.length + chunk.length - from <= HELD_MAX_BYTES) {
      this.held.add(chunk, from, chunk.length);
      return join(parts, NOTHING);
    }
    this.isPassing = true;
    if (this.held.length > 0) parts.push(Buffer.from(this.held.view()));
    this.held.clear();
    return join(parts, chunk.subarray(from));
  }

  private isUsageOnly(bytes: Buffer, from: number, to: number): boolean {
    if (!this.marks.isIn(from, to)) return false;
    this.data.reset();
    this.scanner.reset();
    this.data.push(bytes, from, to, this.scanner);
    const choices = this.scanner.text('choices')?.replace(/\s+/g, '');
    const isUsageOnly = choices === '[]' && (this.scanner.text('usage')?.startsWith('{') ?? false);
    if (isUsageOnly) this.removed = true;
    return isUsageOnly;
  }
}

/** Most chunks pass whole and are passed on without a copy. */
function join(parts: Buffer[], last: Buffer): Buffer {
  if (parts.length === 0) return last;
  if (last.length > 0) parts.push(last);
  return parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts);
}
