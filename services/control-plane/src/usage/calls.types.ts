import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import { Count, DateTime, Decimal } from '../platform/scalars.js';
import { AbortAction, Outcome, RatingStatus, UsageSource } from './enums.js';

@ObjectType()
export class Tag {
  @Field(() => String)
  key: string;

  @Field(() => String)
  value: string;
}

@ObjectType('RatingLine')
export class RatingLineType {
  @Field(() => String)
  bucket: string;

  @Field(() => Count)
  quantity: number;

  @Field(() => Decimal, { nullable: true })
  usdPerMillion: string | null;

  @Field(() => Decimal, { nullable: true })
  amount: string | null;

  @Field(() => String)
  source: string;
}

@ObjectType('Rating', { description: 'null cost = unpriced.' })
export class RatingType {
  @Field(() => RatingStatus)
  status: RatingStatus;

  @Field(() => Decimal, { nullable: true })
  cost: string | null;

  @Field(() => String, { nullable: true })
  priceVersion: string | null;

  @Field(() => [RatingLineType])
  lines: RatingLineType[];
}

@ObjectType('Call')
export class CallType {
  @Field(() => ID)
  eventId: string;

  @Field(() => ID)
  callId: string;

  @Field(() => Int)
  attempt: number;

  @Field(() => DateTime)
  startedAt: Date;

  @Field(() => String)
  environment: string;

  @Field(() => String)
  provider: string;

  @Field(() => String, { nullable: true })
  providerType: string | null;

  @Field(() => String)
  endpoint: string;

  @Field(() => String)
  method: string;

  @Field(() => String)
  path: string;

  @Field(() => String, { nullable: true })
  requestedModel: string | null;

  @Field(() => String, { nullable: true })
  servedModel: string | null;

  @Field(() => String, { nullable: true })
  serviceTier: string | null;

  @Field(() => Boolean)
  streamed: boolean;

  @Field(() => String)
  app: string;

  @Field(() => ID)
  tokenId: string;

  @Field(() => String, { nullable: true })
  user: string | null;

  @Field(() => String, { nullable: true })
  agent: string | null;

  @Field(() => [Tag])
  tags: Tag[];

  @Field(() => String, { nullable: true })
  conversation: string | null;

  @Field(() => String, { nullable: true, description: 'W3C trace it is part of: 32 hex digits.' })
  traceId: string | null;

  @Field(() => Outcome)
  outcome: Outcome;

  @Field(() => String, { nullable: true })
  errorCode: string | null;

  @Field(() => Int, { nullable: true })
  status: number | null;

  @Field(() => Int, { nullable: true })
  upstreamStatus: number | null;

  @Field(() => String, { nullable: true })
  upstreamRequestId: string | null;

  @Field(() => Float, { nullable: true })
  firstByteMs: number | null;

  @Field(() => Float, { nullable: true })
  firstTokenMs: number | null;

  @Field(() => Float, { nullable: true })
  durationMs: number | null;

  @Field(() => Float, { nullable: true })
  overheadMs: number | null;

  @Field(() => Count)
  requestBytes: number;

  @Field(() => Count)
  responseBytes: number;

  @Field(() => AbortAction, { nullable: true, description: 'null = the client stayed to the end.' })
  abortAction: AbortAction | null;

  @Field(() => Int, { nullable: true, description: 'Which repeat this is, as the client says; null = it does not.' })
  clientRetry: number | null;

  @Field(() => Count, { nullable: true, description: 'null = unknown.' })
  inputTokens: number | null;

  @Field(() => Count, { nullable: true })
  cachedInputTokens: number | null;

  @Field(() => Count, { nullable: true })
  cacheWriteTokens: number | null;

  @Field(() => Count, { nullable: true })
  outputTokens: number | null;

  @Field(() => Count, { nullable: true })
  reasoningTokens: number | null;

  @Field(() => Count, { nullable: true })
  totalTokens: number | null;

  @Field(() => UsageSource)
  usageSource: UsageSource;

  @Field(() => String, { nullable: true, description: 'Tokenizer that counted; null = nothing is estimated.' })
  estimator: string | null;

  @Field(() => [String], { description: 'Meters that are estimates.' })
  estimatedMeters: string[];

  @Field(() => Decimal, { nullable: true, description: 'Cost in USD as the upstream itself stated it.' })
  providerStatedCostUsd: string | null;

  @Field(() => String, { nullable: true })
  rawUsage: string | null;

  @Field(() => [String])
  alterations: string[];

  @Field(() => RatingType, { nullable: true })
  rating: RatingType | null;
}

@ObjectType()
export class CallPage {
  @Field(() => [CallType])
  nodes: CallType[];

  @Field(() => String, { nullable: true })
  endCursor: string | null;

  @Field(() => Boolean)
  hasNextPage: boolean;
}
