import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Count } from '../platform/scalars.js';
import { BodyFactsType } from './turns.types.js';

export enum BodySide {
  request = 'request',
  response = 'response',
}
registerEnumType(BodySide, { name: 'BodySide' });

@ObjectType()
export class OutputSaidType {
  @Field(() => ID)
  id: string;

  @Field(() => String, { nullable: true })
  finishReason: string | null;

  @Field(() => String, { nullable: true, description: "The upstream's own word." })
  nativeFinishReason: string | null;
}

@ObjectType('TurnSaid', { description: 'What a turn brought, by ids of messages.' })
export class TurnSaidType {
  @Field(() => ID)
  eventId: string;

  @Field(() => ID, { nullable: true })
  systemId: string | null;

  @Field(() => ID, { nullable: true })
  toolsId: string | null;

  @Field(() => [ID], { description: 'Without what its parent had already.' })
  inputIds: string[];

  @Field(() => Int, { description: 'Further ones that are not listed.' })
  inputLeftOut: number;

  @Field(() => [OutputSaidType])
  outputs: OutputSaidType[];

  @Field(() => String, { nullable: true })
  upstreamErrorMessage: string | null;
}

@ObjectType('SaidMessage')
export class SaidMessageType {
  @Field(() => ID)
  id: string;

  @Field(() => String)
  role: string;

  @Field(() => Count, { description: 'Of the JSON text.' })
  bytes: number;

  @Field(() => String, {
    nullable: true,
    description: 'In the form of the OpenTelemetry GenAI conventions; null = too large to come along.',
  })
  json: string | null;
}

@ObjectType('TurnsSaid')
export class TurnsSaidType {
  @Field(() => [TurnSaidType])
  turns: TurnSaidType[];

  @Field(() => [SaidMessageType], { description: 'Each once; one that is not stored any more is missing.' })
  messages: SaidMessageType[];
}

@ObjectType('RecordedBody', { description: 'One body, byte for byte as it was kept.' })
export class RecordedBodyType {
  @Field(() => BodyFactsType)
  facts: BodyFactsType;

  @Field(() => String, { nullable: true, description: 'null = nothing is kept, or it is no UTF-8.' })
  text: string | null;

  @Field(() => String, { nullable: true, description: 'What is no UTF-8.' })
  base64: string | null;
}
