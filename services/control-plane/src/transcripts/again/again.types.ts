import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { Count } from '../../platform/scalars.js';
import { ExchangeOutcome } from '../../providers/connection/connection.types.js';

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
export class TurnTestType extends ExchangeOutcome {
  @Field(() => [String], { description: 'What the model said: messages as JSON, as `SaidMessage` has them.' })
  messages: string[];

  @Field(() => Boolean, { description: 'The answer was read to its end.' })
  isWhole: boolean;

  @Field(() => Count, { nullable: true, description: 'Without cached input; null = not told.' })
  inputTokens: number | null;

  @Field(() => Count, { nullable: true })
  outputTokens: number | null;
}
