import { Field, Int, ObjectType } from '@nestjs/graphql';
import { Count, DateTime } from '../platform/scalars.js';

@ObjectType()
export class ProxyState {
  @Field(() => String)
  proxyId: string;

  @Field(() => Int)
  snapshotVersion: number;

  @Field(() => Boolean)
  current: boolean;

  @Field(() => Int)
  snapshotAgeSeconds: number;

  @Field(() => Int)
  inFlight: number;

  @Field(() => DateTime)
  seenAt: Date;
}

@ObjectType('Meter')
export class MeterType {
  @Field(() => Count)
  served: number;

  @Field(() => Count)
  stored: number;

  @Field(() => Count)
  quarantined: number;

  @Field(() => Count)
  onTheirWay: number;

  @Field(() => Boolean)
  agree: boolean;

  @Field(() => [ProxyState])
  proxies: ProxyState[];

  @Field(() => DateTime)
  asOf: Date;
}
