import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/policy.js';
import { CurrentViewer, type Viewer } from '../../platform/viewer.js';
import { ConnectionService } from './connection.service.js';
import { ConnectionTest, TestConnectionInput } from './connection.types.js';

@Resolver(() => ConnectionTest)
export class ConnectionResolver {
  constructor(private readonly connections: ConnectionService) {}

  @Mutation(() => ConnectionTest, {
    description: 'A real call to the upstream with the stored (or, in `draft`, the given) settings.',
  })
  @Allow('provider.write')
  testConnection(@CurrentViewer() viewer: Viewer, @Args('input') input: TestConnectionInput): Promise<ConnectionTest> {
    return this.connections.test(viewer, input);
  }
}
