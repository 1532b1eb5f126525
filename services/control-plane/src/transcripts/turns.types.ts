import { Field, Float, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Count, DateTime } from '../platform/scalars.js';
import { TranscriptUsage } from './conversations.types.js';

export enum TurnOrder {
  oldest = 'oldest',
  newest = 'newest',
}
registerEnumType(TurnOrder, { name: 'TurnOrder', description: 'Which turns come first.' });

@ObjectType({ description: 'How often a rule found something.' })
export class RedactionCount {
  @Field(() => String)
  rule: string;

  @Field(() => Count)
  count: number;
}

@ObjectType({ description: 'What is kept of one body, without what it holds.' })
export class BodyFactsType {
  @Field(() => String, {
    description: '`whole`, `truncated`, `redacted`, `assembled`, `withheld`, `off` or `none`.',
  })
  state: string;

  @Field(() => String, { nullable: true, description: 'Why it was withheld.' })
  reason: string | null;

  @Field(() => String)
  contentType: string;

  @Field(() => Count, { nullable: true, description: 'That passed; null = not known.' })
  bytes: number | null;

  @Field(() => Count)
  keptBytes: number;

  @Field(() => [RedactionCount])
  redactions: RedactionCount[];
}

@ObjectType('Turn', { description: 'One recorded attempt of a call, without what was said.' })
export class TurnType {
  @Field(() => ID, { description: 'That of the usage event.' })
  eventId: string;

  @Field(() => String)
  cursor: string;

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

  @Field(() => String)
  providerType: string;

  @Field(() => String)
  endpoint: string;

  @Field(() => String)
  path: string;

  @Field(() => String, { nullable: true })
  requestedModel: string | null;

  @Field(() => String, { nullable: true })
  servedModel: string | null;

  @Field(() => Boolean)
  streamed: boolean;

  @Field(() => String)
  app: string;

  @Field(() => String, { nullable: true })
  agent: string | null;

  @Field(() => String, { nullable: true })
  inferredBy: string | null;

  @Field(() => String, { description: '`starts`, `continues`, `forks`, `repeats` or `spawned`.' })
  relation: string;

  @Field(() => ID, { nullable: true })
  parentEventId: string | null;

  @Field(() => String, { nullable: true, description: "The parent's call of a tool that this sub-agent works on." })
  spawnCallId: string | null;

  @Field(() => String)
  outcome: string;

  @Field(() => String, { nullable: true })
  errorCode: string | null;

  @Field(() => Int, { nullable: true })
  status: number | null;

  @Field(() => String, { nullable: true })
  upstreamErrorCode: string | null;

  @Field(() => String, { nullable: true })
  incompleteReason: string | null;

  @Field(() => Boolean)
  isFailed: boolean;

  @Field(() => Float, { nullable: true })
  firstTokenMs: number | null;

  @Field(() => Float, { nullable: true })
  durationMs: number | null;

  @Field(() => Int)
  inputMessages: number;

  @Field(() => Int, { description: 'Of them, how many its parent had already.' })
  inputKnown: number;

  @Field(() => Int)
  outputMessages: number;

  @Field(() => [String])
  finishReasons: string[];

  @Field(() => String, { description: 'First day it is gone, UTC.' })
  expiresOn: string;

  @Field(() => BodyFactsType)
  request: BodyFactsType;

  @Field(() => BodyFactsType)
  response: BodyFactsType;

  @Field(() => TranscriptUsage)
  usage: TranscriptUsage;
}

@ObjectType('TurnPage')
export class TurnPageType {
  @Field(() => [TurnType])
  nodes: TurnType[];

  @Field(() => String, { nullable: true })
  endCursor: string | null;

  @Field(() => Boolean)
  hasNextPage: boolean;
}
