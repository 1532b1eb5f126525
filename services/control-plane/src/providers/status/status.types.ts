import { Field, Float, ObjectType, registerEnumType } from '@nestjs/graphql';
import { DateTime } from '../../platform/scalars.js';

export enum EndpointState {
  READY = 'READY',
  FAILING = 'FAILING',
  UNTESTED = 'UNTESTED',
  UNSUPPORTED = 'UNSUPPORTED',
}
registerEnumType(EndpointState, {
  name: 'EndpointState',
  description: 'As the last test of the connection found it.',
});

export enum ProviderStatus {
  READY = 'READY',
  DISABLED = 'DISABLED',
  FAILING = 'FAILING',
  UNTESTED = 'UNTESTED',
}
registerEnumType(ProviderStatus, { name: 'ProviderStatus' });

@ObjectType()
export class EndpointStatus {
  @Field(() => String, { description: 'What it is for: `chat`, `embeddings`, `models`, ...' })
  capability: string;

  @Field(() => String, { description: 'Name, as calls have it: `chat.completions`, `messages`, ...' })
  endpoint: string;

  @Field(() => String, { nullable: true, description: 'What follows the proxy URL; null: the type has no such thing.' })
  path: string | null;

  @Field(() => EndpointState)
  state: EndpointState;

  @Field(() => String, { nullable: true, description: 'One sentence; null when ready.' })
  reason: string | null;

  @Field(() => DateTime, { nullable: true, description: 'null: never.' })
  checkedAt: Date | null;

  @Field(() => Float, { nullable: true })
  latencyMs: number | null;
}
