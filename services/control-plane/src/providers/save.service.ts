import { Inject, Injectable } from '@nestjs/common';
import { newId } from '@weir/contracts';
import type { Prisma } from '@weir/prisma';
import type { ProviderTypeDefinition } from '@weir/providers';
import { AuditService } from '../platform/audit.service.js';
import { CONFIG, type Config } from '../platform/config.js';
import { Conflict, InputError, NotFound } from '../platform/errors.js';
import { PrismaService, type Transaction } from '../platform/prisma.service.js';
import type { Viewer } from '../platform/viewer.js';
import { Configuration } from '../publishing/configuration.service.js';
import { type BaseUrl, parseBaseUrl } from './base-url.js';
import { type CredentialChoice, checkChoice, choiceOf, type StoredCredential, storeCredential } from './credential.js';
import type { CreateProviderInput, UpdateProviderInput } from './providers.inputs.js';
import { type ProviderRow, WITH_SECRET } from './providers.types.js';
import { checkReachable, RESOLVE, type Resolve } from './resolve.js';
import { definitionOf, parseDisplayName, parseEnvironments, parseModels, parseName } from './settings.js';

/** Creates and changes providers: every setting is checked before anything is written. */
@Injectable()
export class SaveProvider {
  constructor(
    private readonly prisma: PrismaService,
    private readonly configuration: Configuration,
    private readonly audit: AuditService,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(RESOLVE) private readonly resolve: Resolve,
  ) {}

  /** @throws InputError naming the field, Conflict `NAME_TAKEN` */
  async create(viewer: Viewer, input: CreateProviderInput): Promise<ProviderRow> {
    const { projectId } = viewer;
    const name = parseName(input.name);
    const displayName = parseDisplayName(input.displayName);
    const definition = definitionOf(input.type);
    const models = parseModels(input.models ?? []);
    const choice = choiceOf(input.secretId, input.secretValue, input.passthrough ?? false);
    checkChoice(definition, choice);
    const url = await this.checkBaseUrl(input.baseUrl?.trim() || baseUrlOf(definition));
    const id = newId();

    return this.configuration.change(projectId, async (tx) => {
      if (await tx.provider.findFirst({ where: { projectId, name, deletedAt: null } })) {
        throw new Conflict('NAME_TAKEN', `There is a provider named ${name} already. Choose another name.`, 'name');
      }
      const environments = parseEnvironments(input.environments ?? [], await environmentNames(tx, projectId));
      const provider = { id, origin: url.origin };
      const { did, ...credential } = await storeCredential(tx, this.config.masterKey, viewer, provider, choice);
      const { type } = definition;
      const row = await tx.provider.create({
        data: {
          ...{ id, projectId, name, displayName, type, baseUrl: url.href, environments, models },
          ...credential,
          passthrough: choice.passthrough,
          enabled: input.enabled ?? true,
          recordInputs: input.recordInputs ?? false,
          recordOutputs: input.recordOutputs ?? false,
        },
        include: WITH_SECRET,
      });
      await this.recordSecret(tx, viewer, choice.secretId, did, url);
      const detail = { type, baseUrl: url.href, secretId: choice.secretId, passthrough: choice.passthrough };
      await this.audit.record(tx, viewer, 'provider.create', name, detail);
      return row;
    });
  }

  /** @throws InputError naming the field, NotFound, Conflict `REVISION_CONFLICT` */
  async update(viewer: Viewer, input: UpdateProviderInput): Promise<ProviderRow> {
    const { projectId } = viewer;
    const seen = await findLive(this.prisma, projectId, input.name);
    const definition = definitionOf(seen.type);
    const displayName = input.displayName == null ? undefined : parseDisplayName(input.displayName);
    const models = input.models == null ? undefined : parseModels(input.models);
    const isSameUrl = input.baseUrl == null || input.baseUrl.trim() === seen.baseUrl;
    const url = isSameUrl ? parseBaseUrl(seen.baseUrl) : await this.checkBaseUrl(input.baseUrl ?? '');

    return this.configuration.change(projectId, async (tx) => {
      const row = await findLive(tx, projectId, input.name);
      if (row.revision !== input.revision) {
        throw new Conflict(
          'REVISION_CONFLICT',
          `${row.name} was changed meanwhile. Load it again and repeat the change.`,
        );
      }
      const passthrough = input.passthrough ?? row.passthrough;
      // Switching passthrough on lets go of the secret by itself; naming one as well is a contradiction.
      const kept = passthrough ? null : (row.secret?.secretId ?? null);
      const choice = choiceOf(input.secretId === undefined ? kept : input.secretId, input.secretValue, passthrough);
      checkChoice(definition, choice);
      const known = input.environments == null ? [] : await environmentNames(tx, projectId);
      const environments = input.environments == null ? undefined : parseEnvironments(input.environments, known);
      const provider = { id: row.id, origin: url.origin };
      const isSame = isSameCredential(row, choice, url);
      const { did = null, ...credential } = isSame
        ? {}
        : await storeCredential(tx, this.config.masterKey, viewer, provider, choice);
      const changed: Prisma.ProviderUncheckedUpdateInput = {
        ...{ displayName, models, environments, passthrough, baseUrl: url.href },
        enabled: input.enabled ?? undefined,
        recordInputs: input.recordInputs ?? undefined,
        recordOutputs: input.recordOutputs ?? undefined,
      };
      await this.recordSecret(tx, viewer, choice.secretId, did, url);
      await this.audit.record(tx, viewer, 'provider.update', row.name, {
        ...differences(row, changed),
        ...(choice.secretId === (row.secret?.secretId ?? null) ? {} : { secretId: choice.secretId }),
      });
      return tx.provider.update({
        where: { id: row.id },
        data: { ...changed, ...credential, revision: { increment: 1 } },
        include: WITH_SECRET,
      });
    });
  }

  private async checkBaseUrl(text: string): Promise<BaseUrl> {
    const url = parseBaseUrl(text);
    await checkReachable(url, this.config.allowedHosts, this.resolve);
    return url;
  }

  /** The secret has a history of its own: that it was made, replaced or allowed to go somewhere new belongs in it. */
  private async recordSecret(
    tx: Transaction,
    viewer: Viewer,
    secretId: string | null,
    did: StoredCredential['did'],
    { origin }: BaseUrl,
  ): Promise<void> {
    if (secretId === null || did === null || did === 'attached') return;
    const verb = { created: 'create', rotated: 'rotate', bound: 'bind' }[did];
    await this.audit.record(tx, viewer, `secret.${verb}`, secretId, { origin });
  }
}

/** Nothing about the credential changes: what is sealed stays as it is. */
function isSameCredential(row: ProviderRow, choice: CredentialChoice, url: BaseUrl): boolean {
  const isSameSecret = choice.secretId === (row.secret?.secretId ?? null) && choice.secretValue === null;
  return isSameSecret && new URL(row.baseUrl).origin === url.origin;
}

function baseUrlOf(definition: ProviderTypeDefinition): string {
  if (definition.defaultBaseUrl !== null) return definition.defaultBaseUrl;
  throw new InputError('BASE_URL_REQUIRED', `A ${definition.label} provider needs a base URL.`, 'baseUrl');
}

async function environmentNames(tx: Transaction, projectId: string): Promise<string[]> {
  const rows = await tx.environment.findMany({ where: { projectId }, select: { name: true }, orderBy: { id: 'asc' } });
  return rows.map(({ name }) => name);
}

/** @throws NotFound */
export async function findLive(
  tx: Pick<Transaction, 'provider'>,
  projectId: string,
  name: string,
): Promise<ProviderRow> {
  const row = await tx.provider.findFirst({ where: { projectId, name, deletedAt: null }, include: WITH_SECRET });
  if (!row) throw new NotFound(`There is no provider ${name.slice(0, 63)}.`);
  return row;
}

/** Names and new values of what an edit changes, for the audit trail. */
function differences(row: ProviderRow, changed: Prisma.ProviderUncheckedUpdateInput): Prisma.InputJsonObject {
  const before: Readonly<Record<string, unknown>> = { ...row };
  const entries = Object.entries(changed).filter(
    ([field, value]) => value !== undefined && JSON.stringify(value) !== JSON.stringify(before[field]),
  );
  return Object.fromEntries(entries) as Prisma.InputJsonObject;
}
