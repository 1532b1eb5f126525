const HEAD_MAX_BYTES = 8_192;
const VALUE_MAX_BYTES = 1_024;
const HEAD_END = Buffer.from('\r\n\r\n');
const BOUNDARY = /^multipart\/form-data\s*;(?:.*;)?\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i;
const NAME = /^content-disposition\s*:\s*form-data\s*;(?:[^\r\n]*;)?\s*name=(?:"([^"\r\n]*)"|([^\s;"]*))/im;

/**
 * Reads which model a form asks for while it passes: uploads of audio and images name it in a field, and nothing in their
 * answers does. Holds a part's headers or the field's value, never a file. (RFC 7578)
 */
export class FormModel {
  private readonly delimiter: Buffer;
  /** What may begin a delimiter, a header or the value; the first delimiter has no line before it. */
  private held = Buffer.from('\r\n');
  private at: 'content' | 'head' | 'value' = 'content';
  private isEnded = false;
  private readonly named = new Set<string>();

  private constructor(boundary: string) {
    this.delimiter = Buffer.from(`\r\n--${boundary}`, 'latin1');
  }

  /** null: no form. */
  static of(contentType: string): FormModel | null {
    const match = BOUNDARY.exec(contentType);
    const boundary = match?.[1] ?? match?.[2];
    return boundary === undefined ? null : new FormModel(boundary);
  }

  /** null while none has come, and for good when there are several that differ. */
  get model(): string | null {
    const [model = null] = this.named;
    return this.named.size === 1 ? model : null;
  }

  push(chunk: Buffer): void {
    if (this.isEnded) return;
    const bytes = this.held.length > 0 ? Buffer.concat([this.held, chunk]) : chunk;
    let from = 0;
    for (;;) {
      const next = this.step(bytes, from);
      if (next < 0) break;
      from = next;
    }
    const rest = bytes.subarray(from);
    // In a file only what may be the beginning of a delimiter matters.
    const kept = this.at === 'content' ? rest.subarray(Math.max(0, rest.length - this.delimiter.length + 1)) : rest;
    this.held = Buffer.from(kept);
  }

  /** Where to go on, or -1 when more bytes are needed. */
  private step(bytes: Buffer, from: number): number {
    if (this.at === 'head') return this.readHead(bytes, from);
    const end = bytes.indexOf(this.delimiter, from);
    if (this.at === 'value') {
      const length = (end < 0 ? bytes.length : end) - from;
      if (length > VALUE_MAX_BYTES) this.at = 'content';
      else if (end >= 0 && length > 0) this.named.add(bytes.toString('utf8', from, end));
    }
    if (end < 0) return -1;
    this.at = 'head';
    return end + this.delimiter.length;
  }

  private readHead(bytes: Buffer, from: number): number {
    if (bytes.toString('latin1', from, from + 2) === '--') {
      this.isEnded = true;
      return -1;
    }
    const end = bytes.indexOf(HEAD_END, from);
    if (end < 0 && bytes.length - from <= HEAD_MAX_BYTES) return -1;
    if (end < 0 || end - from > HEAD_MAX_BYTES) {
      this.at = 'content';
      return from;
    }
    const name = NAME.exec(bytes.toString('latin1', from + 2, end));
    this.at = (name?.[1] ?? name?.[2]) === 'model' ? 'value' : 'content';
    return end + HEAD_END.length;
  }
}
