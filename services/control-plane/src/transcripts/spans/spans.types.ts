import { Field, Float, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { DateTime } from '../../platform/scalars.js';

export enum AgentSpanCategory {
  agent = 'agent',
  model = 'model',
  tool = 'tool',
  retrieval = 'retrieval',
  http = 'http',
  step = 'step',
}
registerEnumType(AgentSpanCategory, { name: 'AgentSpanCategory', description: 'What a span is about.' });

export enum AgentSpanStatus {
  unset = 'unset',
  ok = 'ok',
  error = 'error',
}
registerEnumType(AgentSpanStatus, { name: 'AgentSpanStatus' });

@ObjectType()
export class SpanAttribute {
  @Field(() => String)
  name: string;

  @Field(() => String)
  value: string;
}

@ObjectType({ description: 'A call of the gateway that a span tells of.' })
export class SpanCall {
  @Field(() => ID)
  eventId: string;

  @Field(() => ID, { nullable: true, description: 'null = the call is not recorded.' })
  conversationId: string | null;
}

@ObjectType('AgentSpan', { description: 'A step that an agent tells of by OpenTelemetry. It is in no sum.' })
export class AgentSpanType {
  @Field(() => ID)
  traceId: string;

  @Field(() => ID)
  spanId: string;

  @Field(() => ID, { nullable: true })
  parentSpanId: string | null;

  @Field(() => Int, { description: 'Spans above it that tell of no call.' })
  depth: number;

  @Field(() => String)
  name: string;

  @Field(() => String)
  kind: string;

  @Field(() => AgentSpanCategory)
  category: AgentSpanCategory;

  @Field(() => DateTime, { description: "By the app's clock." })
  startedAt: Date;

  @Field(() => Float, { nullable: true, description: 'null = its end is not told.' })
  durationMs: number | null;

  @Field(() => AgentSpanStatus)
  status: AgentSpanStatus;

  @Field(() => String, { nullable: true })
  errorType: string | null;

  @Field(() => String)
  app: string;

  @Field(() => String)
  environment: string;

  @Field(() => String, { nullable: true })
  service: string | null;

  @Field(() => String, { nullable: true })
  agent: string | null;

  @Field(() => String, { nullable: true })
  tool: string | null;

  @Field(() => String, { nullable: true, description: 'Served, else asked for.' })
  model: string | null;

  @Field(() => Float, {
    nullable: true,
    description: 'As the app reports them, of a request that did not go through the gateway; null = not known.',
  })
  inputTokens: number | null;

  @Field(() => Float, { nullable: true })
  outputTokens: number | null;

  @Field(() => Boolean, { description: 'A request to a model that did not go through the gateway.' })
  isElsewhere: boolean;

  @Field(() => [SpanCall], { description: 'It tells of these calls of the gateway; the figures are theirs.' })
  calls: SpanCall[];

  @Field(() => [SpanAttribute])
  attributes: SpanAttribute[];

  @Field(() => Int, { description: 'Attributes, events and links that are not kept.' })
  leftOut: number;
}

@ObjectType('AgentSpanPage')
export class AgentSpanPageType {
  @Field(() => [AgentSpanType], { description: 'By the time they began.' })
  nodes: AgentSpanType[];

  @Field(() => String, { nullable: true })
  endCursor: string | null;

  @Field(() => Boolean)
  hasNextPage: boolean;

  @Field(() => Boolean, { description: 'Traces of so many spans that the oldest are not looked at.' })
  isCut: boolean;
}

@ObjectType('AgentTrace', { description: 'A trace that an app sent spans of.' })
export class AgentTraceType {
  @Field(() => ID)
  traceId: string;

  @Field(() => String, { nullable: true, description: 'As the app states it.' })
  conversation: string | null;

  @Field(() => ID, { nullable: true, description: 'The conversation of a recorded call that is part of it.' })
  conversationId: string | null;

  @Field(() => String)
  app: string;

  @Field(() => String, { nullable: true })
  service: string | null;

  @Field(() => String, { description: 'Of its first span.' })
  name: string;

  @Field(() => DateTime)
  startedAt: Date;

  @Field(() => DateTime)
  lastSpanAt: Date;

  @Field(() => Int)
  spans: number;

  @Field(() => Int)
  failedSpans: number;
}
