import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { NotFound } from '../../platform/errors.js';
import { Allow } from '../../platform/policy.js';
import { CurrentViewer, type Viewer } from '../../platform/viewer.js';
import { RequestTests } from '../../providers/connection/request-test.service.js';
import { ConversationsService } from '../conversations.service.js';
import { TestTurnInput, TurnTestType } from './again.types.js';

@Resolver()
export class AgainResolver {
  constructor(
    private readonly conversations: ConversationsService,
    private readonly requests: RequestTests,
  ) {}

  @Mutation(() => TurnTestType, {
    description:
      'Makes a request at the endpoint of a turn. It costs what the upstream charges and is in no usage event.',
  })
  @Allow('provider.write')
  async testTurn(@CurrentViewer() viewer: Viewer, @Args('input') input: TestTurnInput): Promise<TurnTestType> {
    const turn = await this.conversations.turn(viewer, input.conversationId, input.eventId);
    if (turn === null) throw new NotFound('There is no such turn, or not any more.');
    const { provider, endpoint, path, eventId } = turn;
    const tested = await this.requests.send(viewer, { provider, endpoint, path, eventId, body: input.body });
    const { exchange, ...heard } = tested;
    const { ok, summary, status, latencyMs, upstreamError, code } = exchange;
    return { ok, summary, status, latencyMs, upstreamError, code, ...heard, messages: [...heard.messages] };
  }
}
