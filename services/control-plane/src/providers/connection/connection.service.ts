import { Inject, Injectable } from '@nestjs/common';
import { AuditService } from '../../platform/audit.service.js';
import { CONFIG, type Config } from '../../platform/config.js';
import { InputError } from '../../platform/errors.js';
import { PrismaService, type Transaction } from '../../platform/prisma.service.js';
import type { Viewer } from '../../platform/viewer.js';
import type { ProviderRow } from '../providers.types.js';
import { checkReachable, RESOLVE, type Resolve } from '../resolve.js';
import { findLive } from '../save.service.js';
import { parseModels } from '../settings.js';
import { scopeOf } from '../status/scope.js';
import { endpointStatuses } from '../status/status.js';
import type { ConnectionTest, TestConnectionInput } from './connection.types.js';
import { presentedBy, toCurl } from './curl.js';
import { addressOf, type Exchange, exchange } from './exchange.js';
import { type Finding, findingsOf } from './findings.js';
import { openTarget } from './open-target.js';
import { furtherProbes, type Probe } from './probes.js';
import { draftTarget, storedTarget, type Target } from './target.js';

const MAX_MODELS_SHOWN = 1_000;

@Injectable()
export class ConnectionService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly audit: AuditService,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(RESOLVE) private readonly resolve: Resolve,
  ) {}

  /** Real calls to the upstream. @throws InputError for settings that could not be saved either, NotFound */
  async test(viewer: Viewer, input: TestConnectionInput): Promise<ConnectionTest> {
    const { projectId } = viewer;
    const row = input.provider ? await findLive(this.prisma, projectId, input.provider) : null;
    const target = await this.targetOf(projectId, input, row);
    await checkReachable(target.url, this.config.allowedHosts, this.resolve);
    const [model = null] = parseModels([input.model ?? '']);
    const [first, ...rest] = await this.exchanges(target, model);
    const scope = scopeOf({ ...target, type: target.definition.type, credentialKind: target.kind });
    const findings = findingsOf(scope, [first, ...rest]);
    const checkedAt = new Date();
    await this.prisma.$transaction(async (tx) => {
      if (row && !input.draft) await storeFindings(tx, row, findings, checkedAt);
      await this.audit.record(tx, viewer, 'provider.test', input.provider ?? `draft ${target.definition.type}`, {
        origin: target.url.origin,
        model,
        secretIds: [...target.secretIds],
        ok: first.ok,
        status: first.status,
        code: first.code,
      });
    });
    const { ok, summary, status, latencyMs, upstreamError, code } = first;
    return {
      ...{ ok, summary, status, latencyMs, upstreamError, code, model },
      models: model === null && first.models ? modelsOf([first, ...rest]) : null,
      curl: this.curlOf(target, { call: target.definition.probe(model), model }),
      endpoints: endpointStatuses(
        scope,
        findings.map((finding) => ({ ...finding, checkedAt })),
      ),
    };
  }

  private async targetOf(projectId: string, { draft }: TestConnectionInput, row: ProviderRow | null): Promise<Target> {
    if (draft) return draftTarget(this.prisma, this.config, projectId, draft, row);
    if (row) return storedTarget(this.config.masterKey, row);
    throw new InputError('NOTHING_TO_TEST', 'Name a provider, or give the settings to test.', 'provider');
  }

  /** The call that the test is about, and those after it that may still tell something. */
  private async exchanges(target: Target, model: string | null): Promise<[Exchange, ...Exchange[]]> {
    const { allowedHosts } = this.config;
    const { definition } = target;
    const call = definition.probe(model);
    const opened = openTarget(target, this.config);
    if ('failure' in opened) {
      const endpoint = definition.endpointOf(call.method, call.path);
      return [{ ...opened.failure, endpoint }];
    }
    const make = (probe: Probe) => exchange(target, opened.credential, probe.call, probe.model, allowedHosts);
    const first = await make({ call, model });
    if (!first.ok && first.isDecisive) return [first];
    const lists = first.models ? (definition.furtherModelLists ?? []).map((list) => ({ call: list, model: null })) : [];
    const rest: Exchange[] = [];
    for (const probe of [...lists, ...furtherProbes(target, model)]) rest.push(await make(probe));
    return [first, ...rest];
  }

  private curlOf(target: Target, { call }: Probe): string {
    const { definition, kind, secretIds, settings, passthrough } = target;
    const { url, path } = addressOf(target, call);
    const suggested = definition.credentialForms.find((form) => form.kind === 'api_key')?.secrets[0]?.suggestedSecretId;
    const keyName = secretIds[0] ?? suggested ?? 'KEY';
    const shown = passthrough ? 'api_key' : kind;
    return toCurl(url.origin + path, call, presentedBy(definition, shown, keyName, settings.region ?? 'us-east-1'));
  }
}

function modelsOf(exchanges: readonly Exchange[]): string[] {
  return [...new Set(exchanges.flatMap(({ models }) => models ?? []))].slice(0, MAX_MODELS_SHOWN);
}

/** What was found holds for the settings it was found with. */
async function storeFindings(tx: Transaction, row: ProviderRow, findings: readonly Finding[], checkedAt: Date) {
  const now = await tx.provider.findUnique({ where: { id: row.id }, select: { revision: true, deletedAt: true } });
  if (now?.revision !== row.revision || now.deletedAt !== null) return;
  await tx.endpointCheck.deleteMany({ where: { providerId: row.id } });
  await tx.endpointCheck.createMany({
    data: findings.map((finding) => ({ ...finding, providerId: row.id, checkedAt })),
    skipDuplicates: true,
  });
}
