const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NAME = 'bytes';
const NAME_MAX_BYTES = 16;
const NO_DIGITS = /[^A-Za-z0-9+/_-]/g;

const At = { Key: 0, InKey: 1, Colon: 2, Value: 3, InBytes: 4, InString: 5, InOther: 6, InOtherString: 7 } as const;
type At = (typeof At)[keyof typeof At];

/**
 * Decodes the base64 text of the top-level member `bytes` of a JSON object while it passes, in any number of pieces:
 * what `InvokeModelWithResponseStream` wraps each chunk of a model's answer in. Holds at most three characters.
 */
export class Base64Member {
  private at: At = At.Key;
  private key = '';
  private depth = 0;
  private isEscaped = false;
  private rest = '';

  constructor(private readonly sink: (bytes: Buffer) => void) {}

  reset(): void {
    this.at = At.Key;
    this.key = '';
    this.depth = 0;
    this.isEscaped = false;
    this.rest = '';
  }

  push(bytes: Buffer, from: number, to: number): void {
    let i = from;
    while (i < to) i = this.at === At.InBytes ? this.decode(bytes, i, to) : this.step(bytes[i] as number, i);
  }

  private step(byte: number, i: number): number {
    switch (this.at) {
      case At.Key:
        if (byte === QUOTE) {
          this.at = At.InKey;
          this.key = '';
        }
        break;
      case At.InKey:
        if (byte === QUOTE) this.at = At.Colon;
        else if (this.key.length < NAME_MAX_BYTES) this.key += String.fromCharCode(byte);
        break;
      case At.Colon:
        if (byte === 0x3a) this.at = At.Value;
        break;
      case At.Value:
        if (byte > 0x20) this.beginValue(byte);
        break;
      case At.InOther:
        this.stepOther(byte);
        break;
      default:
        this.stepString(byte);
    }
    return i + 1;
  }

  private beginValue(byte: number): void {
    if (byte === QUOTE) this.at = this.key === NAME ? At.InBytes : At.InString;
    else {
      this.depth = 0;
      this.at = At.InOther;
      this.stepOther(byte);
    }
  }

  private stepOther(byte: number): void {
    if (byte === QUOTE) this.at = At.InOtherString;
    else if (byte === 0x7b || byte === 0x5b) this.depth++;
    else if (byte === 0x7d || byte === 0x5d) this.depth--;
    else if (byte === 0x2c && this.depth === 0) this.at = At.Key;
  }

  private stepString(byte: number): void {
    if (this.isEscaped) this.isEscaped = false;
    else if (byte === BACKSLASH) this.isEscaped = true;
    else if (byte === QUOTE) this.at = this.at === At.InString ? At.Key : At.InOther;
  }

  private decode(bytes: Buffer, from: number, to: number): number {
    const quote = bytes.indexOf(QUOTE, from);
    const isEnd = quote >= 0 && quote < to;
    const end = isEnd ? quote : to;
    // Only digits count, so that pieces decode as the whole would: padding goes, and the backslash before a slash.
    const text = this.rest + bytes.toString('latin1', from, end).replace(NO_DIGITS, '');
    const whole = isEnd ? text.length : text.length - (text.length % 4);
    this.rest = text.slice(whole);
    if (whole > 0) this.sink(Buffer.from(text.slice(0, whole), 'base64'));
    if (!isEnd) return to;
    this.at = At.Key;
    return end + 1;
  }
}
