import { type Attributes, writeAttributes } from './attributes.js';
import { ProtobufWriter } from './writer.js';

/** Of `Span` (opentelemetry/proto/trace/v1/trace.proto). */
export const SPAN_ATTRIBUTES = 0x4a;

/** Attributes that many spans have: they are encoded once for all of them. */
export class AttributeSet {
  private encoded: Buffer | null = null;

  constructor(readonly values: Readonly<Attributes>) {}

  /** As fields of a span. */
  get bytes(): Buffer {
    if (this.encoded === null) {
      const writer = new ProtobufWriter();
      writeAttributes(writer, SPAN_ATTRIBUTES, this.values);
      this.encoded = writer.bytes;
    }
    return this.encoded;
  }
}
