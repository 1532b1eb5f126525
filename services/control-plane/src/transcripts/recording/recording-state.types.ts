import { Field, ObjectType } from '@nestjs/graphql';
import { Count, DateTime } from '../../platform/scalars.js';

@ObjectType('RecordingProxy')
export class RecordingProxyType {
  @Field(() => String)
  proxyId: string;

  @Field(() => Boolean, { description: 'false = it is silent, and its figures are those it told last.' })
  isReporting: boolean;

  @Field(() => Boolean, { description: 'false = it is older than this, and does not tell what it drops.' })
  tellsDrops: boolean;

  @Field(() => Count, { description: 'On its disk, and not stored yet.' })
  spoolBytes: number;

  @Field(() => Count, { nullable: true, description: 'What may wait there; beyond it calls are dropped.' })
  spoolMaxBytes: number | null;

  @Field(() => DateTime, { nullable: true, description: 'Since when the oldest of it waits.' })
  waitsSince: Date | null;

  @Field(() => DateTime)
  seenAt: Date;
}

@ObjectType('RecordingDrops')
export class RecordingDropsType {
  @Field(() => String, {
    description: '`memory`, `queue`, `thread`, `spool_full`, `disk`, `damaged`; the list may grow.',
  })
  reason: string;

  @Field(() => Count)
  calls: number;

  @Field(() => DateTime)
  firstAt: Date;

  @Field(() => DateTime)
  lastAt: Date;
}

@ObjectType('RecordingState', {
  description: 'How recording keeps up, over all projects: a proxy has one disk for the calls of all of them.',
})
export class RecordingStateType {
  @Field(() => [RecordingProxyType], {
    description: 'Those that report, and silent ones on whose disk something waited. Empty = nothing is known.',
  })
  proxies: RecordingProxyType[];

  @Field(() => [RecordingDropsType], {
    description: 'Calls of the last 24 hours that were to be recorded and are not; their usage is.',
  })
  dropped: RecordingDropsType[];

  @Field(() => DateTime)
  asOf: Date;
}
