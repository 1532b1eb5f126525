import type { SpanBatch } from '../span-queue.js';
import type { FinishedSpan } from '../telemetry.js';
import { type Attributes, writeAttributes } from './attributes.js';
import { writeSpan } from './span.js';
import { ProtobufWriter } from './writer.js';

const FIRST = 0x0a;
const SECOND = 0x12;
const scratch = new ProtobufWriter();

/** Spans as they go to a collector: each is encoded when it is added, so that no object outlives its call. */
export class EncodedBatch implements SpanBatch {
  size = 0;
  private readonly spans = new ProtobufWriter();

  add(span: FinishedSpan): void {
    writeSpan(scratch.clear(), span);
    this.spans.byte(SECOND);
    this.spans.delimited(scratch.bytes);
    this.size++;
  }

  /**
   * An `ExportTraceServiceRequest` (opentelemetry/proto/collector/trace/v1/trace_service.proto).
   * @param of whom the spans are, encoded
   */
  request({ resource, scope }: SpanSource): Uint8Array {
    const { spans } = this;
    const ofScope = new ProtobufWriter();
    ofScope.byte(FIRST);
    ofScope.delimited(scope);
    const ofResource = new ProtobufWriter();
    ofResource.byte(FIRST);
    ofResource.delimited(resource);
    ofResource.byte(SECOND);
    ofResource.varint(ofScope.length + spans.length);
    const head = new ProtobufWriter();
    head.byte(FIRST);
    head.varint(ofResource.length + ofScope.length + spans.length);
    return Buffer.concat([head.bytes, ofResource.bytes, ofScope.bytes, spans.bytes]);
  }
}

/** A `Resource` and an `InstrumentationScope`. */
export interface SpanSource {
  readonly resource: Uint8Array;
  readonly scope: Uint8Array;
}

export function sourceOf(resource: Attributes, name: string, version: string): SpanSource {
  const attributes = new ProtobufWriter();
  writeAttributes(attributes, FIRST, resource);
  const scope = new ProtobufWriter();
  scope.byte(FIRST);
  scope.text(name);
  scope.byte(SECOND);
  scope.text(version);
  return { resource: attributes.bytes, scope: scope.bytes };
}
