import { Injectable } from '@nestjs/common';
import type { Prisma, Role } from '@weir/prisma';
import { AuditService } from '../platform/audit.service.js';
import { Conflict, NotFound } from '../platform/errors.js';
import { PrismaService, type Transaction } from '../platform/prisma.service.js';
import type { Viewer } from '../platform/viewer.js';
import { SessionsService } from '../sessions/sessions.service.js';
import type { MemberType } from './members.types.js';

const MAX_MEMBERS = 1_000;
const WITH_ACCOUNT = { account: true } as const satisfies Prisma.MemberInclude;
type MemberRow = Prisma.MemberGetPayload<{ include: typeof WITH_ACCOUNT }>;

@Injectable()
export class MembersService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly audit: AuditService,
    private readonly sessions: SessionsService,
  ) {}

  async list({ projectId }: Viewer): Promise<MemberType[]> {
    const rows = await this.prisma.member.findMany({
      where: { projectId },
      include: WITH_ACCOUNT,
      orderBy: { id: 'asc' },
      take: MAX_MEMBERS,
    });
    return rows.map(toMemberType);
  }

  /** Takes effect with the member's next request. @throws Conflict `LAST_ADMIN` */
  updateRole(viewer: Viewer, id: string, role: Role): Promise<MemberType> {
    return this.prisma.$transaction(async (tx) => {
      const member = await lockMember(tx, viewer, id);
      if (member.role === role) return toMemberType(member);
      await refuseLastAdmin(tx, member);
      const changed = await tx.member.update({ where: { id }, data: { role }, include: WITH_ACCOUNT });
      await this.audit.record(tx, viewer, 'member.update_role', member.account.email, { from: member.role, to: role });
      return toMemberType(changed);
    });
  }

  /** Ends the person's sessions and invitations; their account stays, so that history keeps a name. */
  async remove(viewer: Viewer, id: string): Promise<void> {
    await this.prisma.$transaction(async (tx) => {
      const { account, ...member } = await lockMember(tx, viewer, id);
      await refuseLastAdmin(tx, { account, ...member });
      await tx.member.delete({ where: { id } });
      await tx.invitation.deleteMany({ where: { accountId: account.id, usedAt: null } });
      await this.sessions.revokeAll(tx, account.id);
      await this.audit.record(tx, viewer, 'member.remove', account.email, { role: member.role });
    });
  }
}

/** Changes to the members of one project happen one after the other, or two admins could demote each other. */
async function lockMember(tx: Transaction, { projectId }: Viewer, id: string): Promise<MemberRow> {
  await tx.$executeRaw`SELECT 1 FROM "Project" WHERE id = ${projectId}::uuid FOR UPDATE`;
  const member = await tx.member.findFirst({ where: { id, projectId }, include: WITH_ACCOUNT });
  if (!member) throw new NotFound('There is no such member.');
  return member;
}

/** An invited admin does not count: nobody could sign in as one yet. */
async function refuseLastAdmin(tx: Transaction, { id, projectId, role }: MemberRow): Promise<void> {
  if (role !== 'admin') return;
  const others = await tx.member.count({
    where: { projectId, role: 'admin', id: { not: id }, account: { passwordHash: { not: null } } },
  });
  if (others === 0) throw new Conflict('LAST_ADMIN', 'This is the last admin. Make somebody else an admin first.');
}

function toMemberType({ id, role, createdAt, account }: MemberRow): MemberType {
  const { email, displayName, passwordHash } = account;
  return { id, email, displayName, role, createdAt, invited: passwordHash === null };
}
