export type Scalar = string | number | boolean;
/** A list holds the scalars of a list, in their order. */
export type AttributeValue = Scalar | readonly Scalar[];

/** Attributes as far as they are kept. */
export interface Attributes {
  readonly kept: Map<string, AttributeValue>;
  leftOut: number;
}

export const noAttributes = (): Attributes => ({ kept: new Map(), leftOut: 0 });

/** A span as it was sent; ids are hex in whatever case, and nothing of it is checked. */
export interface OtlpSpan {
  traceId: string;
  spanId: string;
  /** '' = a root. */
  parentSpanId: string;
  name: string;
  kind: number;
  /** 0 = not told. */
  startNs: bigint;
  endNs: bigint;
  statusCode: number;
  /** Of the last exception. */
  exceptionType: string | null;
  readonly attributes: Attributes;
  /** Events and links, of which nothing is kept. */
  leftOut: number;
}

export const emptySpan = (): OtlpSpan => ({
  ...{ traceId: '', spanId: '', parentSpanId: '', name: '', kind: 0, startNs: 0n, endNs: 0n, statusCode: 0 },
  ...{ exceptionType: null, attributes: noAttributes(), leftOut: 0 },
});

/** Gets each span with the attributes of its resource, as they are read. */
export type OnSpan = (span: OtlpSpan, resource: Attributes) => void;

/** Of one span; what comes after is left out. */
export const MAX_ATTRIBUTES = 1_000;
export const MAX_LIST = 32;
export const MAX_TEXT = 1_023;

export const cutText = (text: string, max = MAX_TEXT): string => text.slice(0, max);

/** Bytes that are no `ExportTraceServiceRequest`. `message` says where, and quotes nothing. */
export class OtlpFault extends Error {
  constructor(
    readonly at: string,
    readonly what: string,
  ) {
    super(at === '' ? what : `${at}: ${what}`);
  }

  /** The same one level up. */
  static within(place: string, error: unknown): OtlpFault {
    if (!(error instanceof OtlpFault)) return new OtlpFault(place, 'the bytes do not add up to a message');
    return new OtlpFault([place, error.at].filter(Boolean).join('.'), error.what);
  }
}
