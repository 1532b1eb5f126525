import { Injectable } from '@nestjs/common';
import type { Prisma } from '@weir/prisma';
import type { Transaction } from './prisma.service.js';
import type { Viewer } from './viewer.js';

/** Who acted when nobody is signed in: the e-mail typed in, the project where it is known. */
export interface Bystander {
  readonly email: string;
  readonly projectId: string | null;
  readonly accountId: string | null;
}

@Injectable()
export class AuditService {
  /**
   * Writes in the transaction of the change itself: a change that cannot be recorded does not happen.
   * @param action `<subject>.<verb>`, for example `provider.create`
   * @param subject what it happened to, by the name people know it by
   * @param detail changed fields; never a secret, a token or a password
   */
  async record(
    tx: Transaction,
    actor: Viewer | Bystander | null,
    action: string,
    subject: string,
    detail: Prisma.InputJsonObject = {},
  ): Promise<void> {
    await tx.auditEntry.create({
      data: {
        projectId: actor?.projectId ?? null,
        accountId: actor?.accountId ?? null,
        actor: actor?.email ?? 'nobody',
        action,
        subject,
        detail,
      },
    });
  }
}
