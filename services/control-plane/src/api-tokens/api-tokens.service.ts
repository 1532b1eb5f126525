import { Injectable } from '@nestjs/common';
import { AuditService } from '../platform/audit.service.js';
import { Conflict, Forbidden, InputError, NotFound } from '../platform/errors.js';
import { PrismaService } from '../platform/prisma.service.js';
import { READ_TOKEN_PREFIX } from '../platform/read-token.js';
import type { Viewer } from '../platform/viewer.js';
import { digestOf, mintOneTimeToken } from '../sessions/one-time-token.js';
import {
  type ApiTokenType,
  type CreateApiTokenInput,
  type CreatedApiToken,
  toApiToken,
  WITH_MAKER,
} from './api-tokens.types.js';

const DAY_MS = 86_400_000;
const MAX_DAYS = 366;
const MAX_NAME_CHARACTERS = 100;
const MAX_LIVE_OF_A_PERSON = 50;
const MAX_LISTED = 500;

@Injectable()
export class ApiTokensService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly audit: AuditService,
  ) {}

  /** Newest first, those that are over included. */
  async list({ projectId }: Viewer): Promise<ApiTokenType[]> {
    const orderBy = { id: 'desc' } as const;
    const rows = await this.prisma.apiToken.findMany({
      where: { projectId },
      include: WITH_MAKER,
      orderBy,
      take: MAX_LISTED,
    });
    return rows.map(toApiToken);
  }

  /** The only time the secret leaves. @throws InputError, Conflict `TOKENS_FULL` */
  async create(viewer: Viewer, input: CreateApiTokenInput): Promise<CreatedApiToken> {
    const { projectId, accountId } = viewer;
    const name = parseName(input.name);
    const { expiresInDays } = input;
    if (expiresInDays < 1 || expiresInDays > MAX_DAYS) {
      throw new InputError('EXPIRY_INVALID', `Choose 1 to ${MAX_DAYS} days.`, 'input.expiresInDays');
    }
    const secret = READ_TOKEN_PREFIX + mintOneTimeToken().token;
    const now = Date.now();
    return this.prisma.$transaction(async (tx) => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`api-tokens ${accountId}`}, 0))`;
      const live = { projectId, accountId, revokedAt: null, expiresAt: { gt: new Date(now) } };
      if ((await tx.apiToken.count({ where: live })) >= MAX_LIVE_OF_A_PERSON) {
        throw new Conflict('TOKENS_FULL', `You have ${MAX_LIVE_OF_A_PERSON} API tokens. Revoke one first.`);
      }
      const row = await tx.apiToken.create({
        data: {
          ...{ projectId, accountId, name, digest: digestOf(secret), lastFour: secret.slice(-4) },
          expiresAt: new Date(now + expiresInDays * DAY_MS),
        },
        include: WITH_MAKER,
      });
      await this.audit.record(tx, viewer, 'api_token.create', name, {
        tokenId: row.id,
        expiresAt: row.expiresAt.toISOString(),
      });
      return { token: toApiToken(row), secret };
    });
  }

  /** One's own, or anybody's as an admin. Repeating it changes nothing. @throws Forbidden, NotFound */
  async revoke(viewer: Viewer, id: string): Promise<ApiTokenType> {
    return this.prisma.$transaction(async (tx) => {
      const row = await tx.apiToken.findFirst({ where: { id, projectId: viewer.projectId }, include: WITH_MAKER });
      if (!row) throw new NotFound('There is no such API token.');
      if (row.accountId !== viewer.accountId && viewer.role !== 'admin') {
        throw new Forbidden(`Only ${row.account.email} or an admin may revoke this token.`);
      }
      if (row.revokedAt !== null) return toApiToken(row);
      const revoked = await tx.apiToken.update({ where: { id }, data: { revokedAt: new Date() }, include: WITH_MAKER });
      await this.audit.record(tx, viewer, 'api_token.revoke', row.name, { tokenId: id });
      return toApiToken(revoked);
    });
  }
}

function parseName(raw: string): string {
  const name = raw.trim();
  const isFine = name !== '' && name.length <= MAX_NAME_CHARACTERS && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(name);
  if (isFine) return name;
  const message = `Enter a name of 1 to ${MAX_NAME_CHARACTERS} characters on one line.`;
  throw new InputError('NAME_INVALID', message, 'input.name');
}
