import { Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../platform/policy.js';
import { CurrentViewer, type Viewer } from '../platform/viewer.js';
import { NoticesService } from './notices.service.js';
import { NoticeType } from './notices.types.js';

@Resolver()
export class NoticesResolver {
  constructor(private readonly service: NoticesService) {}

  @Query(() => [NoticeType])
  @Allow('usage.read')
  notices(@CurrentViewer() viewer: Viewer): Promise<NoticeType[]> {
    return this.service.list(viewer);
  }
}
