import { Inject, Injectable } from '@nestjs/common';
import { mintToken } from '@weir/contracts';
import { AuditService } from '../platform/audit.service.js';
import { CONFIG, type Config } from '../platform/config.js';
import { InputError, NotFound } from '../platform/errors.js';
import type { Transaction } from '../platform/prisma.service.js';
import type { Viewer } from '../platform/viewer.js';
import { Configuration } from '../publishing/configuration.service.js';
import type { CreateTokenInput } from './apps.inputs.js';
import { type CreatedToken, type TokenType, toTokenType } from './apps.types.js';
import { isId, parseLabel } from './label.js';

const MAX_SCOPE = 1_000;

@Injectable()
export class TokensService {
  constructor(
    private readonly configuration: Configuration,
    private readonly audit: AuditService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The only time the token itself leaves. @throws InputError, NotFound */
  async create(viewer: Viewer, input: CreateTokenInput): Promise<CreatedToken> {
    const { projectId } = viewer;
    const name = parseLabel(input.name, 'name');
    const expiresAt = input.expiresAt ?? null;
    if (expiresAt !== null && expiresAt.getTime() <= Date.now()) {
      throw new InputError('EXPIRY_PAST', 'The expiry lies in the past. Choose a later time, or none.', 'expiresAt');
    }
    const scope = [...new Set(input.providers ?? [])];
    // Naming providers is a wish to narrow, whatever the default of the other field says.
    const allProviders = scope.length === 0 && (input.allProviders ?? true);

    return this.configuration.change(projectId, async (tx) => {
      const app = isId(input.appId) ? await tx.app.findFirst({ where: { id: input.appId, projectId } }) : null;
      if (!app) throw new NotFound('There is no such app.');
      await this.checkScope(tx, projectId, scope, allProviders);
      const { token: value, publicId, digest } = mintToken(this.config.masterKey);
      const data = { appId: app.id, name, publicId, digest, allProviders, providers: scope, expiresAt };
      const row = await tx.token.create({ data });
      await this.audit.record(tx, viewer, 'token.create', `${app.name}/${name}`, {
        publicId,
        providers: allProviders ? null : scope,
        expiresAt: expiresAt?.toISOString() ?? null,
      });
      return { token: toTokenType(row), value };
    });
  }

  /** Repeating it changes nothing. @throws NotFound */
  async revoke(viewer: Viewer, id: string): Promise<TokenType> {
    const { projectId } = viewer;
    return this.configuration.change(projectId, async (tx) => {
      const where = { id, app: { projectId } };
      const row = isId(id) ? await tx.token.findFirst({ where, include: { app: true } }) : null;
      if (!row) throw new NotFound('There is no such token.');
      if (row.revokedAt !== null) return toTokenType(row);
      const revoked = await tx.token.update({ where: { id }, data: { revokedAt: new Date() } });
      await this.audit.record(tx, viewer, 'token.revoke', `${row.app.name}/${row.name}`, { publicId: row.publicId });
      return toTokenType(revoked);
    });
  }

  private async checkScope(tx: Transaction, projectId: string, scope: string[], allProviders: boolean): Promise<void> {
    if (allProviders) return;
    if (scope.length === 0 || scope.length > MAX_SCOPE) {
      throw new InputError('SCOPE_EMPTY', `Choose 1 to ${MAX_SCOPE} providers, or all of them.`, 'providers');
    }
    const live = await tx.provider.findMany({
      where: { projectId, deletedAt: null, name: { in: scope } },
      select: { name: true },
    });
    const known = new Set(live.map(({ name }) => name));
    const strange = scope.find((name) => !known.has(name));
    if (strange === undefined) return;
    throw new InputError('PROVIDER_UNKNOWN', `There is no provider ${strange.slice(0, 63)}.`, 'providers');
  }
}
