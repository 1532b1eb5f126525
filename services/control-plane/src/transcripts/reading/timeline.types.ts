import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';

@ObjectType('FailedMark')
export class FailedMarkType {
  @Field(() => Int, { description: 'Place among the turns.' })
  at: number;

  @Field(() => String, { nullable: true, description: "The upstream's own code, else the gateway's." })
  errorCode: string | null;
}

@ObjectType('ConversationTimeline', {
  description: 'Every turn in brief, oldest first: the same place in each list is the same turn.',
})
export class ConversationTimelineType {
  @Field(() => Int, { description: 'Older turns that are not listed.' })
  leftOut: number;

  @Field(() => [ID])
  eventIds: string[];

  @Field(() => [Float], { description: 'Epoch ms, UTC.' })
  startsMs: number[];

  @Field(() => [Float], { nullable: 'items', description: 'null = not measured.' })
  durationsMs: (number | null)[];

  @Field(() => [Float], { nullable: 'items' })
  firstTokensMs: (number | null)[];

  @Field(() => [Int], {
    nullable: 'items',
    description: 'Place of the turn it goes on from; null = none, or not listed.',
  })
  parents: (number | null)[];

  @Field(() => [FailedMarkType])
  failed: FailedMarkType[];

  @Field(() => [Int], { description: 'Places of those that go another way than a turn that went on already.' })
  forks: number[];

  @Field(() => [Int], { description: 'Places of those that a sub-agent begins with.' })
  spawned: number[];

  @Field(() => [Int], { description: 'Places of those that ask the same once more.' })
  repeats: number[];
}
