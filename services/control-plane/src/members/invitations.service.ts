import { Inject, Injectable } from '@nestjs/common';
import { AccountsService } from '../accounts/accounts.service.js';
import type { ViewerType } from '../accounts/accounts.types.js';
import { hashPassword } from '../accounts/password.js';
import { AuditService } from '../platform/audit.service.js';
import { CONFIG, type Config } from '../platform/config.js';
import { Conflict, InputError } from '../platform/errors.js';
import type { GraphqlContext } from '../platform/graphql-context.js';
import { PrismaService, type Transaction } from '../platform/prisma.service.js';
import type { Viewer } from '../platform/viewer.js';
import { digestOf, mintOneTimeToken } from '../sessions/one-time-token.js';
import { SessionsService } from '../sessions/sessions.service.js';
import type { AcceptInvitationInput, InvitationType, InviteMemberInput } from './members.types.js';

const LINK_LIVES_MS = 7 * 24 * 3_600_000;

@Injectable()
export class InvitationsService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly audit: AuditService,
    private readonly sessions: SessionsService,
    private readonly accounts: AccountsService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Makes a member who cannot sign in yet. Inviting somebody who has not accepted replaces their link and role.
   * @throws Conflict `EMAIL_TAKEN` when the account is somebody's already: a link would let the inviter take it over
   */
  invite(viewer: Viewer, input: InviteMemberInput): Promise<InvitationType> {
    const { email, displayName, role } = input;
    return this.prisma.$transaction(async (tx) => {
      const accountId = await this.#accountFor(tx, viewer, email, displayName);
      await tx.member.upsert({
        where: { projectId_accountId: { projectId: viewer.projectId, accountId } },
        create: { projectId: viewer.projectId, accountId, role },
        update: { role },
      });
      const { token, digest } = mintOneTimeToken();
      const expiresAt = new Date(Date.now() + LINK_LIVES_MS);
      await tx.invitation.deleteMany({ where: { accountId } });
      await tx.invitation.create({ data: { accountId, digest, expiresAt } });
      await this.audit.record(tx, viewer, 'member.invite', email, { role });
      return { email, link: `${this.config.publicConsoleUrl}/invite?token=${token}`, expiresAt };
    });
  }

  /** @throws InputError `INVITATION_INVALID` when the link is wrong, used, replaced or too old */
  async accept(context: GraphqlContext, { token, password }: AcceptInvitationInput): Promise<ViewerType> {
    const open = { digest: digestOf(token), usedAt: null, expiresAt: { gt: new Date() } };
    const invitation = await this.prisma.invitation.findFirst({ where: open });
    if (!invitation) throw linkInvalid();
    const passwordHash = await hashPassword(password);
    const viewer = await this.prisma.$transaction(async (tx) => {
      // Whoever comes second with the same link changes no row.
      const { count } = await tx.invitation.updateMany({ where: open, data: { usedAt: new Date() } });
      if (count === 0) throw linkInvalid();
      await tx.account.update({ where: { id: invitation.accountId }, data: { passwordHash } });
      const opened = await this.sessions.open(tx, context, invitation.accountId);
      await this.audit.record(tx, opened, 'member.accept_invitation', opened.email);
      return opened;
    });
    return this.accounts.describe(viewer);
  }

  async #accountFor(tx: Transaction, viewer: Viewer, email: string, displayName: string): Promise<string> {
    const known = await tx.account.findUnique({ where: { email }, include: { members: true } });
    if (!known) return (await tx.account.create({ data: { email, displayName } })).id;
    const isNobodys = known.members.length === 0;
    const isPendingHere =
      known.passwordHash === null && known.members.every((member) => member.projectId === viewer.projectId);
    if (!isNobodys && !isPendingHere) {
      throw new Conflict('EMAIL_TAKEN', 'Somebody with this e-mail has an account already.', 'email');
    }
    await tx.account.update({ where: { id: known.id }, data: { displayName, passwordHash: null } });
    return known.id;
  }
}

const linkInvalid = () =>
  new InputError('INVITATION_INVALID', 'This invitation is used up or too old. Ask for a new one.', 'token');
