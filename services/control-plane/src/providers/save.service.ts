import { Inject, Injectable } from '@nestjs/common';
import { newId } from '@weir/contracts';
import type { Prisma } from '@weir/prisma';
import type { ProviderTypeDefinition } from '@weir/providers';
import { AuditService } from '../platform/audit.service.js';
import { CONFIG, type Config } from '../platform/config.js';
import { Conflict, NotFound } from '../platform/errors.js';
import { PrismaService, type Transaction } from '../platform/prisma.service.js';
import type { Viewer } from '../platform/viewer.js';
import { Configuration } from '../publishing/configuration.service.js';
import { type BaseUrl, parseBaseUrl } from './base-url.js';
import { type CredentialChoice, readChoice } from './credential/choice.js';
import { checkAudience } from './credential/origins.js';
import { type StoredSlot, storeCredential } from './credential/store.js';
import type { CreateProviderInput, UpdateProviderInput } from './providers.inputs.js';
import { type ProviderRow, WITH_CREDENTIALS } from './providers.types.js';
import { parseRecording } from './recording/settings.js';
import { recordingChange } from './recording/stored.js';
import { checkReachable, RESOLVE, type Resolve } from './resolve.js';
import { definitionOf, parseDisplayName, parseDrain, parseEnvironments, parseModels, parseName } from './settings.js';
import { wantedBaseUrl } from './wanted-base-url.js';

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
    const drainMs = parseDrain(input.drainSeconds);
    const recording = parseRecording(input);
    const choice = readChoice(definition, input, null);
    const url = await this.checkBaseUrl(wantedBaseUrl(definition, input.baseUrl, null, choice.settings), choice);
    const id = newId();

    return this.configuration.change(projectId, async (tx) => {
      if (await tx.provider.findFirst({ where: { projectId, name, deletedAt: null } })) {
        throw new Conflict('NAME_TAKEN', `There is a provider named ${name} already. Choose another name.`, 'name');
      }
      const environments = parseEnvironments(input.environments ?? [], await environmentNames(tx, projectId));
      const slots = await storeCredential(tx, this.config, viewer, { id, url }, choice);
      const { type } = definition;
      const { kind: credentialKind, settings, passthrough } = choice;
      const created = await tx.provider.create({
        data: {
          ...{ id, projectId, name, displayName, type, baseUrl: url.href, environments, models },
          ...{ credentialKind, settings, passthrough },
          enabled: input.enabled ?? true,
          ...recording,
          onClientClose: input.onClientClose ?? null,
          drainMs,
          usageFallback: input.usageFallback ?? undefined,
          credentials: { createMany: { data: slots.map(({ row }) => row) } },
        },
        include: WITH_CREDENTIALS,
      });
      await this.recordSecrets(tx, viewer, slots);
      await this.audit.record(tx, viewer, 'provider.create', name, {
        ...{ type, baseUrl: url.href, credentialKind, secrets: namesOf(slots), settings, passthrough },
        ...{ onClientClose: created.onClientClose, drainMs: created.drainMs, usageFallback: created.usageFallback },
      });
      await this.recordRecording(tx, viewer, null, created);
      return created;
    });
  }

  /** @throws InputError naming the field, NotFound, Conflict `REVISION_CONFLICT` */
  async update(viewer: Viewer, input: UpdateProviderInput): Promise<ProviderRow> {
    const { projectId } = viewer;
    const seen = await findLive(this.prisma, projectId, input.name);
    const definition = definitionOf(seen.type);
    const displayName = input.displayName == null ? undefined : parseDisplayName(input.displayName);
    const models = input.models == null ? undefined : parseModels(input.models);
    const drainMs = parseDrain(input.drainSeconds);
    const recording = parseRecording(input);
    const planned = readChoice(definition, input, seen);
    const url = await this.urlAfter(definition, seen, input.baseUrl, planned);

    return this.configuration.change(projectId, async (tx) => {
      const row = await findLive(tx, projectId, input.name);
      if (row.revision !== input.revision) {
        throw new Conflict(
          'REVISION_CONFLICT',
          `${row.name} was changed meanwhile. Load it again and repeat the change.`,
        );
      }
      const choice = readChoice(definition, input, row);
      const known = input.environments == null ? [] : await environmentNames(tx, projectId);
      const environments = input.environments == null ? undefined : parseEnvironments(input.environments, known);
      const changed: Prisma.ProviderUncheckedUpdateInput = {
        ...{ displayName, models, environments, passthrough: choice.passthrough, baseUrl: url.href },
        ...{ credentialKind: choice.kind, settings: choice.settings },
        enabled: input.enabled ?? undefined,
        ...recording,
        ...{ onClientClose: input.onClientClose, drainMs, usageFallback: input.usageFallback ?? undefined },
      };
      const secrets = isSameCredential(row, choice, url)
        ? {}
        : await this.replaceCredential(tx, viewer, row, url, choice);
      const detail = differences(row, changed);
      if (['baseUrl', 'credentialKind', 'settings', 'passthrough'].some((field) => field in detail)) {
        await tx.endpointCheck.deleteMany({ where: { providerId: row.id } });
      }
      await this.audit.record(tx, viewer, 'provider.update', row.name, { ...detail, ...secrets });
      const after = await tx.provider.update({
        where: { id: row.id },
        data: { ...changed, revision: { increment: 1 } },
        include: WITH_CREDENTIALS,
      });
      await this.recordRecording(tx, viewer, row, after);
      return after;
    });
  }

  /** @returns for the audit trail: which secrets it uses now, where they are others than before */
  private async replaceCredential(
    tx: Transaction,
    viewer: Viewer,
    row: ProviderRow,
    url: BaseUrl,
    choice: CredentialChoice,
  ): Promise<Prisma.InputJsonObject> {
    const { id: providerId } = row;
    const slots = await storeCredential(tx, this.config, viewer, { id: providerId, url }, choice);
    await tx.providerSecret.deleteMany({ where: { providerId } });
    await tx.providerSecret.createMany({ data: slots.map((slot) => ({ ...slot.row, providerId })) });
    await tx.endpointCheck.deleteMany({ where: { providerId } });
    await this.recordSecrets(tx, viewer, slots);
    const before = Object.fromEntries(row.credentials.map(({ slot, secret }) => [slot, secret.secretId]));
    const secrets = namesOf(slots);
    return JSON.stringify(secrets) === JSON.stringify(before) ? {} : { secrets };
  }

  /** What is kept of what people say has a trail of its own, beside that of the provider. */
  private async recordRecording(
    tx: Transaction,
    viewer: Viewer,
    before: ProviderRow | null,
    after: ProviderRow,
  ): Promise<void> {
    const change = recordingChange(before, after);
    if (change) await this.audit.record(tx, viewer, 'recording.update', after.name, change);
  }

  private async urlAfter(
    definition: ProviderTypeDefinition,
    seen: ProviderRow,
    given: string | null | undefined,
    choice: CredentialChoice,
  ): Promise<BaseUrl> {
    const wanted = wantedBaseUrl(definition, given, seen, choice.settings);
    return wanted === seen.baseUrl && choice.kind === seen.credentialKind
      ? parseBaseUrl(seen.baseUrl)
      : this.checkBaseUrl(wanted, choice);
  }

  private async checkBaseUrl(text: string, choice: CredentialChoice): Promise<BaseUrl> {
    const url = parseBaseUrl(text);
    await checkReachable(url, this.config.allowedHosts, this.resolve);
    checkAudience(url, choice.kind, this.config.allowedHosts);
    return url;
  }

  /** A secret has a history of its own: that it was made, replaced or allowed to go somewhere new belongs in it. */
  private async recordSecrets(tx: Transaction, viewer: Viewer, slots: readonly StoredSlot[]): Promise<void> {
    for (const { secretId, did, origins } of slots) {
      if (did === 'attached') continue;
      const verb = { created: 'create', rotated: 'rotate', bound: 'bind' }[did];
      await this.audit.record(tx, viewer, `secret.${verb}`, secretId, { origins: [...origins] });
    }
  }
}

const namesOf = (slots: readonly StoredSlot[]) =>
  Object.fromEntries(slots.map(({ row, secretId }) => [row.slot, secretId]));

/** Nothing about the credential changes: what is sealed stays as it is. */
function isSameCredential(row: ProviderRow, choice: CredentialChoice, url: BaseUrl): boolean {
  const isSameSecrets =
    row.credentials.length === choice.slots.length &&
    choice.slots.every(
      ({ slot, secretId, secretValue }) =>
        secretValue === null && row.credentials.some((one) => one.slot === slot && one.secret.secretId === secretId),
    );
  return isSameSecrets && row.credentialKind === choice.kind && new URL(row.baseUrl).origin === url.origin;
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
  const row = await tx.provider.findFirst({ where: { projectId, name, deletedAt: null }, include: WITH_CREDENTIALS });
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
