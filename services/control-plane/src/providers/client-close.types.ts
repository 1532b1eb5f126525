import { Field, ObjectType, registerEnumType } from '@nestjs/graphql';

export enum ClientClosePolicy {
  CANCEL = 'cancel',
  DRAIN = 'drain',
}
registerEnumType(ClientClosePolicy, {
  name: 'ClientClosePolicy',
  description: 'What becomes of an upstream call whose client goes away.',
  valuesMap: {
    CANCEL: { description: 'It is broken off at once.' },
    DRAIN: { description: 'Its answer is read on to the end, within a bound, so that its usage is known.' },
  },
});

export enum UsageFallback {
  NONE = 'none',
  ESTIMATED = 'estimated',
}
registerEnumType(UsageFallback, {
  name: 'UsageFallback',
  description: 'What stands in for usage that an answer should have carried and did not.',
  valuesMap: {
    NONE: { description: 'Nothing: it stays unknown.' },
    ESTIMATED: { description: 'What a tokenizer counts, marked as an estimate.' },
  },
});

@ObjectType('ClientClose', { description: 'What a type of provider does when a client goes away.' })
export class ClientCloseType {
  @Field(() => ClientClosePolicy)
  policy: ClientClosePolicy;

  @Field(() => String, { description: 'One sentence: why it is the default.' })
  because: string;
}
