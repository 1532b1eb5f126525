import { Inject, Injectable } from '@nestjs/common';
import { AuditService } from '../../platform/audit.service.js';
import { CONFIG, type Config } from '../../platform/config.js';
import { InputError } from '../../platform/errors.js';
import { PrismaService } from '../../platform/prisma.service.js';
import type { Viewer } from '../../platform/viewer.js';
import { checkReachable, RESOLVE, type Resolve } from '../resolve.js';
import { findLive } from '../save.service.js';
import { parseModels } from '../settings.js';
import { endpointStatuses } from '../status/status.js';
import { type Answer, callUpstream, failureOf } from './call.js';
import type { ConnectionTest, TestConnectionInput } from './connection.types.js';
import { toCurl } from './curl.js';
import { explain, type Failure, type Subject } from './explain.js';
import { scrub } from './scrub.js';
import { draftTarget, storedTarget, type Target } from './target.js';
import { upstreamErrorOf } from './upstream-error.js';

const MAX_MODELS_SHOWN = 1_000;
const HTML = /^\s*(<!doctype html|<html)/i;

@Injectable()
export class ConnectionService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly audit: AuditService,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(RESOLVE) private readonly resolve: Resolve,
  ) {}

  /** A real call to the upstream. @throws InputError for settings that could not be saved either, NotFound */
  async test(viewer: Viewer, input: TestConnectionInput): Promise<ConnectionTest> {
    const target = await this.targetOf(viewer, input);
    await checkReachable(target.url, this.config.allowedHosts, this.resolve);
    const [model = null] = parseModels([input.model ?? '']);
    const result = await this.call(target, model);
    await this.prisma.$transaction((tx) =>
      this.audit.record(tx, viewer, 'provider.test', input.provider ?? `draft ${target.definition.type}`, {
        origin: target.url.origin,
        model,
        secretIds: [...target.secretIds],
        ok: result.ok,
        status: result.status,
        code: result.code,
      }),
    );
    return result;
  }

  private async targetOf(viewer: Viewer, { provider, draft }: TestConnectionInput): Promise<Target> {
    const { projectId } = viewer;
    const { masterKey } = this.config;
    const row = provider ? await findLive(this.prisma, projectId, provider) : null;
    if (draft) return draftTarget(this.prisma, this.config, projectId, draft, row);
    if (row) return storedTarget(masterKey, row);
    throw new InputError('NOTHING_TO_TEST', 'Name a provider, or give the settings to test.', 'provider');
  }

  private async call(target: Target, model: string | null): Promise<ConnectionTest> {
    const { definition, url, secrets, secretIds, passthrough } = target;
    const value = secrets.api_key ?? null;
    const secretId = secretIds[0] ?? null;
    const probe = definition.probe(model);
    const path = definition.upstreamPath(new URL(url.href).pathname, probe.path);
    const placeholder = `$${secretId ?? definition.credentialForms[0]?.secrets[0]?.suggestedSecretId ?? 'KEY'}`;
    const shown = passthrough || value !== null ? definition.credentialFor(placeholder) : [];
    const base = { model, curl: toCurl(url.origin + path, probe, shown), endpoints: endpointStatuses(definition, []) };
    const subject: Subject = { host: url.hostname, model, secretId, passthrough };

    const startedAt = performance.now();
    try {
      const credential = value === null ? [] : definition.credentialFor(value);
      const answer = await callUpstream(url, path, probe, credential, this.config.allowedHosts);
      const latencyMs = Math.round((performance.now() - startedAt) * 10) / 10;
      return { ...base, latencyMs, ...this.read(target, subject, answer) };
    } catch (error) {
      const failure: Failure = failureOf(error);
      const verdict = explain({ kind: 'failed', failure }, subject);
      return { ...base, ...verdict, status: null, latencyMs: null, upstreamError: null, code: failure, models: null };
    }
  }

  private read(target: Target, subject: Subject, { status, contentType, body }: Answer) {
    const { definition, secrets } = target;
    const clean = (text: string) => Object.values(secrets).reduce((rest, secret) => scrub(rest, secret), text);
    const isHtml = contentType.includes('html') || HTML.test(body);
    const isSuccess = status >= 200 && status < 300;
    const models = isSuccess && subject.model === null ? definition.parseModelList(body) : null;
    const isReadable = models === null ? isJson(body) : models.length > 0 || isJson(body);
    const verdict = explain({ kind: 'answered', status, isHtml, isReadable }, subject);
    const upstreamError = isSuccess && !isHtml ? null : upstreamErrorOf(clean(body), isHtml);
    const code = isSuccess ? null : this.errorCode(target, { status, contentType, body });
    return {
      ...verdict,
      status,
      upstreamError,
      code: code && clean(code),
      models: verdict.ok ? (models?.slice(0, MAX_MODELS_SHOWN).map(clean) ?? null) : null,
    };
  }

  /** The upstream's own word for the error, read just as the proxy reads it. */
  private errorCode({ definition }: Target, { status, contentType, body }: Answer): string | null {
    const reader = definition.usageReader('opaque', { status, contentType });
    reader.push(Buffer.from(body));
    return reader.read().errorCode;
  }
}

function isJson(body: string): boolean {
  try {
    return typeof JSON.parse(body) === 'object';
  } catch {
    // Not what any of these APIs answers.
    return false;
  }
}
