import type { Meters } from '@weir/contracts';
import { type MemberPaths, MemberScanner } from '../json/member-scanner.js';
import type { UsageReader, UsageReading } from '../provider-type.js';
import { SILENT_READER } from './silent-reader.js';

const OPEN_BRACE = 0x7b;
const LF = 0x0a;

/** How one dialect writes a line of a batch's results. Pure. */
export interface BatchResultRules {
  readonly paths: MemberPaths;
  isResult(members: MemberScanner): boolean;
  metersIn(members: MemberScanner): Meters;
}

/**
 * Counts what the results of a batch state. They may be fetched any number of times, by anybody, and no answer tells the
 * first time from the next: so they fill no meter that has a price, only counters named `batch…`, and the call's own
 * usage stays unknown. Any other file counts nothing.
 */
export class BatchResultsReader implements UsageReader {
  readonly sawToken = false;
  private isOther: boolean | null = null;
  private readonly scanner: MemberScanner;
  private results = 0;
  private readonly sums = new Map<string, number>();

  constructor(private readonly rules: BatchResultRules) {
    this.scanner = new MemberScanner(rules.paths);
  }

  push(chunk: Uint8Array): void {
    if (this.isOther) return;
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    if (this.isOther === null) {
      const first = bytes.find((byte) => byte > 0x20);
      if (first === undefined) return;
      this.isOther = first !== OPEN_BRACE;
      if (this.isOther) return;
    }
    let at = 0;
    while (at < bytes.length) {
      const lf = bytes.indexOf(LF, at);
      const end = lf < 0 ? bytes.length : lf;
      this.scanner.push(bytes, at, end);
      if (lf < 0) return;
      this.endLine();
      at = lf + 1;
    }
  }

  read(): UsageReading {
    // The last line may come without its end; asked in between, it is counted once it has come.
    const isLastWhole = this.scanner.isDone && this.rules.isResult(this.scanner);
    const results = this.results + (isLastWhole ? 1 : 0);
    if (results === 0) return SILENT_READER.read();
    const sums = new Map(this.sums);
    if (isLastWhole) add(sums, this.rules.metersIn(this.scanner));
    const otherMeters = { batchResults: results, ...Object.fromEntries(sums) };
    return { ...SILENT_READER.read(), otherMeters };
  }

  private endLine(): void {
    if (this.scanner.isDone && this.rules.isResult(this.scanner)) {
      this.results++;
      add(this.sums, this.rules.metersIn(this.scanner));
    }
    this.scanner.reset();
  }
}

function add(sums: Map<string, number>, meters: Meters): void {
  for (const [meter, count] of Object.entries(meters)) {
    const name = `batch${meter.charAt(0).toUpperCase()}${meter.slice(1)}`;
    sums.set(name, Math.min(Number.MAX_SAFE_INTEGER, (sums.get(name) ?? 0) + count));
  }
}
