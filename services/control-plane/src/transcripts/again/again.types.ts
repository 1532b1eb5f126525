import { Field, Float, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { Count } from '../../platform/scalars.js';

@InputType()
export class TestTurnInput {
  @Field(() => ID)
  conversationId: string;

  @Field(() => ID)
  eventId: string;

  @Field(() => String, {
    description: 'The request: as it was recorded, or changed since. Path and provider are the turn’s.',
  })
  body: string;
}

@ObjectType('TurnTest', { description: 'What came of a request of a turn that was made once more.' })
export class TurnTestType {
  @Field(() => Boolean)
  ok: boolean;

  @Field(() => String, { description: 'One sentence: what happened and what to check.' })
  summary: string;

  @Field(() => Int, { nullable: true })
  status: number | null;

  @Field(() => Float, { nullable: true })
  latencyMs: number | null;

  @Field(() => String, { nullable: true, description: "The upstream's own error, shortened; never a credential." })
  upstreamError: string | null;

  @Field(() => String, { nullable: true })
  code: string | null;

  @Field(() => [String], { description: 'What the model said: messages as JSON, as `SaidMessage` has them.' })
  messages: string[];

  @Field(() => Boolean, { description: 'The answer was read to its end.' })
  isWhole: boolean;

  @Field(() => Count, { nullable: true, description: 'Without cached input; null = not told.' })
  inputTokens: number | null;

  @Field(() => Count, { nullable: true })
  outputTokens: number | null;
}
