import { Injectable } from '@nestjs/common';
import { Unauthenticated } from '../platform/errors.js';
import { PrismaService } from '../platform/prisma.service.js';
import type { Viewer } from '../platform/viewer.js';
import { digestOf } from '../sessions/one-time-token.js';

/** `lastUsedAt` is written at most this often, so that reading figures does not write rows. */
const TOUCH_EVERY_MS = 60_000;
const REMEDY = 'Make another one in the console under API tokens.';

@Injectable()
export class ApiTokenAuthentication {
  constructor(private readonly prisma: PrismaService) {}

  /**
   * Who a read token stands for: the one who made it, by the role they hold now, and never for more than reading.
   * Returned rather than thrown: what is public answers all the same.
   */
  async viewerOf(secret: string): Promise<Viewer | Unauthenticated> {
    const found = await this.prisma.apiToken.findUnique({
      where: { digest: digestOf(secret) },
      include: { account: { include: { members: true } } },
    });
    if (!found) return new Unauthenticated(`This API token is not known here. ${REMEDY}`);
    const { id, projectId, account, revokedAt, expiresAt, lastUsedAt } = found;
    const now = new Date();
    if (revokedAt !== null) return new Unauthenticated(`This API token was revoked. ${REMEDY}`);
    if (expiresAt <= now) {
      return new Unauthenticated(`This API token expired at ${expiresAt.toISOString()}. ${REMEDY}`);
    }
    const member = account.members.find((one) => one.projectId === projectId);
    if (!member) return new Unauthenticated('Who made this API token is no longer a member of the project.');
    if (lastUsedAt === null || lastUsedAt.getTime() < now.getTime() - TOUCH_EVERY_MS) {
      await this.prisma.apiToken.updateMany({ where: { id }, data: { lastUsedAt: now } });
    }
    return { accountId: account.id, projectId, role: member.role, sessionId: '', email: account.email, apiTokenId: id };
  }
}
