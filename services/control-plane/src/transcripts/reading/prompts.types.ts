import { Field, ID, ObjectType } from '@nestjs/graphql';
import { BodyFactsType } from '../turns.types.js';

@ObjectType('PromptParameter', { description: 'A member of the request beside what was said.' })
export class PromptParameterType {
  @Field(() => String)
  name: string;

  @Field(() => String, { description: 'Its JSON, of long ones the beginning.' })
  json: string;
}

@ObjectType('TurnPrompt', { description: 'All that a turn asked with, by ids of messages.' })
export class TurnPromptType {
  @Field(() => ID, { nullable: true })
  systemId: string | null;

  @Field(() => ID, { nullable: true })
  toolsId: string | null;

  @Field(() => [ID], { description: 'In their order, with what came before.' })
  inputIds: string[];

  @Field(() => [PromptParameterType], { nullable: true, description: 'null = the request is not kept as JSON.' })
  parameters: PromptParameterType[] | null;

  @Field(() => BodyFactsType, { description: 'Of the request.' })
  request: BodyFactsType;
}
