import { createTraceState } from '@opentelemetry/api';
import type { FinishedSpan, SpanPlace } from '../telemetry.js';
import { SPAN_ATTRIBUTES } from './attribute-set.js';
import { writeAttributes } from './attributes.js';
import { ProtobufWriter } from './writer.js';

/** Fields of `Span`, of its `Link` and of its `Status` (opentelemetry/proto/trace/v1/trace.proto) with their types. */
const TRACE_ID = 0x0a;
const SPAN_ID = 0x12;
const TRACE_STATE = 0x1a;
const PARENT_SPAN_ID = 0x22;
const NAME = 0x2a;
const KIND = 0x30;
const START = 0x39;
const END = 0x41;
const LINK = 0x6a;
const STATUS = 0x7a;
const FLAGS = [0x85, 0x01] as const;
const LINK_FLAGS = 0x35;
const STATUS_CODE = 0x18;

const KINDS = { server: 2, client: 3, producer: 4, consumer: 5 } as const;
const ERROR = 2;
const SAMPLED = 0x001;
/** The next one says whether the parent, or what is linked to, is in another process. */
const KNOWS_REMOTE = 0x100;
const REMOTE = 0x200;

const scratch = new ProtobufWriter();

/** The fields of a span. */
export function writeSpan(writer: ProtobufWriter, span: FinishedSpan): void {
  const { place, parent, traceState, common, links } = span;
  writePlace(writer, place);
  if (traceState) writeTraceState(writer, traceState);
  if (parent !== null) {
    writer.byte(PARENT_SPAN_ID);
    writer.hex(parent.spanId);
  }
  writer.byte(NAME);
  writer.text(span.name);
  writer.byte(KIND);
  writer.byte(KINDS[span.kind]);
  writer.byte(START);
  writer.nanos(span.startMs);
  writer.byte(END);
  writer.nanos(span.endMs);
  if (common !== undefined) writer.raw(common.bytes);
  writeAttributes(writer, SPAN_ATTRIBUTES, span.attributes);
  if (links !== undefined) for (const link of links) writeLink(writer, link);
  if (span.hasFailed) {
    writer.byte(STATUS);
    writer.byte(2);
    writer.byte(STATUS_CODE);
    writer.byte(ERROR);
  }
  for (const byte of FLAGS) writer.byte(byte);
  writer.fixed32(SAMPLED | KNOWS_REMOTE | (parent?.isRemote ? REMOTE : 0));
}

function writePlace(writer: ProtobufWriter, { traceId, spanId }: SpanPlace): void {
  writer.byte(TRACE_ID);
  writer.hex(traceId);
  writer.byte(SPAN_ID);
  writer.hex(spanId);
}

/** As far as it is valid: it came from an app. */
function writeTraceState(writer: ProtobufWriter, text: string): void {
  const valid = createTraceState(text).serialize();
  if (valid === '') return;
  writer.byte(TRACE_STATE);
  writer.text(valid);
}

function writeLink(writer: ProtobufWriter, place: SpanPlace): void {
  scratch.clear();
  writePlace(scratch, place);
  scratch.byte(LINK_FLAGS);
  scratch.fixed32(SAMPLED | KNOWS_REMOTE | REMOTE);
  writer.byte(LINK);
  writer.delimited(scratch.bytes);
}
