import { Injectable } from '@nestjs/common';
import { AuditService } from '../platform/audit.service.js';
import { InputError, Refusal } from '../platform/errors.js';
import type { GraphqlContext } from '../platform/graphql-context.js';
import { permissionsOf } from '../platform/policy.js';
import { PrismaService } from '../platform/prisma.service.js';
import type { Viewer } from '../platform/viewer.js';
import { SessionsService } from '../sessions/sessions.service.js';
import type { ChangePasswordInput, SignInInput, ViewerType } from './accounts.types.js';
import { hashPassword, verifyPassword } from './password.js';
import { ThrottleService } from './throttle.service.js';

/** One answer for an unknown e-mail, a wrong password, and somebody who belongs to no project any more. */
export class CredentialsInvalid extends Refusal {
  constructor() {
    super('CREDENTIALS_INVALID', 'E-mail or password is wrong.');
  }
}

@Injectable()
export class AccountsService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly audit: AuditService,
    private readonly sessions: SessionsService,
    private readonly throttle: ThrottleService,
  ) {}

  /** @throws CredentialsInvalid, or Throttled `SIGN_IN_THROTTLED` before the password is looked at */
  async signIn(context: GraphqlContext, { email, password }: SignInInput): Promise<ViewerType> {
    const address = context.req.ip;
    await this.throttle.take(email, address);
    const account = await this.prisma.account.findUnique({
      where: { email },
      include: { members: { orderBy: { id: 'asc' }, take: 1 } },
    });
    const isRight = await verifyPassword(password, account?.passwordHash ?? null);
    const projectId = account?.members[0]?.projectId ?? null;
    if (!isRight || !account || !projectId) {
      const accountId = account?.id ?? null;
      await this.audit.record(this.prisma, { email, projectId, accountId }, 'session.refuse', email, { address });
      throw new CredentialsInvalid();
    }
    const viewer = await this.prisma.$transaction(async (tx) => {
      await this.throttle.giveBack(tx, email, address);
      const opened = await this.sessions.open(tx, context, account.id);
      await this.audit.record(tx, opened, 'session.open', email, { address });
      return opened;
    });
    return this.describe(viewer);
  }

  /** Ends every session of the account and gives the asking browser a new one. */
  async changePassword(context: GraphqlContext, viewer: Viewer, input: ChangePasswordInput): Promise<void> {
    const { currentPassword, newPassword } = input;
    await this.throttle.take(viewer.email, context.req.ip);
    const account = await this.prisma.account.findUniqueOrThrow({ where: { id: viewer.accountId } });
    if (!(await verifyPassword(currentPassword, account.passwordHash))) {
      throw new InputError('PASSWORD_WRONG', 'This is not the current password.', 'currentPassword');
    }
    const passwordHash = await hashPassword(newPassword);
    await this.prisma.$transaction(async (tx) => {
      await this.throttle.giveBack(tx, viewer.email, context.req.ip);
      await tx.account.update({ where: { id: viewer.accountId }, data: { passwordHash } });
      await this.sessions.revokeAll(tx, viewer.accountId);
      await this.sessions.open(tx, context, viewer.accountId);
      await this.audit.record(tx, viewer, 'account.change_password', viewer.email);
    });
  }

  async describe(viewer: Viewer): Promise<ViewerType> {
    const { accountId, projectId, role } = viewer;
    const [account, project] = await Promise.all([
      this.prisma.account.findUniqueOrThrow({ where: { id: accountId } }),
      this.prisma.project.findUniqueOrThrow({ where: { id: projectId } }),
    ]);
    const { id, email, displayName } = account;
    return {
      id,
      email,
      displayName,
      role,
      project: { id: project.id, name: project.name, displayName: project.displayName },
      permissions: [...permissionsOf(viewer)],
    };
  }
}
