import { Args, Context, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Role } from '@weir/prisma';
import { ViewerType } from '../accounts/accounts.types.js';
import type { GraphqlContext } from '../platform/graphql-context.js';
import { IdPipe } from '../platform/id-pipe.js';
import { Allow, Public } from '../platform/policy.js';
import { CurrentViewer, type Viewer } from '../platform/viewer.js';
import { ZodPipe } from '../platform/zod-pipe.js';
import { InvitationsService } from './invitations.service.js';
import { MembersService } from './members.service.js';
import {
  AcceptInvitationInput,
  acceptInvitationInput,
  InvitationType,
  InviteMemberInput,
  inviteMemberInput,
  MemberType,
} from './members.types.js';

@Resolver(() => MemberType)
export class MembersResolver {
  constructor(
    private readonly members: MembersService,
    private readonly invitations: InvitationsService,
  ) {}

  @Query(() => [MemberType], { name: 'members' })
  @Allow('member.read')
  list(@CurrentViewer() viewer: Viewer): Promise<MemberType[]> {
    return this.members.list(viewer);
  }

  @Mutation(() => InvitationType)
  @Allow('member.write')
  inviteMember(
    @CurrentViewer() viewer: Viewer,
    @Args('input', { type: () => InviteMemberInput }, new ZodPipe(inviteMemberInput)) input: InviteMemberInput,
  ): Promise<InvitationType> {
    return this.invitations.invite(viewer, input);
  }

  @Mutation(() => ViewerType, {
    description: 'Public: an invited person sets a password with the one-time link.',
  })
  @Public()
  acceptInvitation(
    @Context() context: GraphqlContext,
    @Args('input', { type: () => AcceptInvitationInput }, new ZodPipe(acceptInvitationInput))
    input: AcceptInvitationInput,
  ): Promise<ViewerType> {
    return this.invitations.accept(context, input);
  }

  @Mutation(() => MemberType)
  @Allow('member.write')
  updateMemberRole(
    @CurrentViewer() viewer: Viewer,
    @Args('id', { type: () => ID }, IdPipe) id: string,
    @Args('role', { type: () => Role }) role: Role,
  ): Promise<MemberType> {
    return this.members.updateRole(viewer, id, role);
  }

  @Mutation(() => Boolean)
  @Allow('member.write')
  async removeMember(
    @CurrentViewer() viewer: Viewer,
    @Args('id', { type: () => ID }, IdPipe) id: string,
  ): Promise<boolean> {
    await this.members.remove(viewer, id);
    return true;
  }
}
