import type { CredentialError, UpstreamCredential } from '@weir/credentials';
import type { ProbeCall } from '@weir/providers';
import { parseBaseUrl } from '../base-url.js';
import { type Answer, type Bounds, callUpstream, failureOf } from './call.js';
import { explain, type Subject } from './explain.js';
import { scrub } from './scrub.js';
import type { Target } from './target.js';
import { upstreamErrorOf } from './upstream-error.js';

const HTML = /^\s*(<!doctype html|<html)/i;

/** What came of one call. */
export interface Exchange {
  /** As usage events name it. */
  readonly endpoint: string;
  readonly ok: boolean;
  readonly summary: string;
  /** null: no answer came. */
  readonly status: number | null;
  readonly latencyMs: number | null;
  /** What the upstream said went wrong, without a trace of a credential. */
  readonly upstreamError: string | null;
  readonly code: string | null;
  /** Ids, when it was a model list. */
  readonly models: readonly string[] | null;
  /** Nothing else at this address, or with this credential, would fare better. */
  readonly isDecisive: boolean;
}

/** Where a call goes: a model list may stand at an address of its own. */
export function addressOf({ definition, url, settings }: Target, probe: ProbeCall) {
  const isList = probe.method === 'GET';
  const href = isList ? (definition.modelListBaseUrl?.(url.href) ?? url.href) : url.href;
  const at = href === url.href ? url : parseBaseUrl(href);
  return { url: at, path: definition.upstreamPath(new URL(at.href).pathname, probe.path, settings) };
}

/** Where the call is more than a probe. */
interface Further {
  readonly bounds: Bounds;
  /** Whether it is an answer of such an API. */
  readonly isReadable: (answer: Answer) => boolean;
  /** @param clean takes every trace of a credential out of a text */
  readonly onAnswer: (answer: Answer, clean: (text: string) => string) => void;
}

/** Makes one call as the proxy would, and says in a sentence what came of it. Never throws for what the upstream does. */
export async function exchange(
  target: Target,
  credential: UpstreamCredential,
  probe: ProbeCall,
  model: string | null,
  allowedHosts: readonly string[],
  further?: Further,
): Promise<Exchange> {
  const { definition, secretIds, passthrough, kind, settings } = target;
  const { url, path } = addressOf(target, probe);
  const { method } = probe;
  const subject: Subject = {
    ...{ host: url.hostname, model, passthrough, kind, secretIds },
    type: definition.type,
    region: settings.region ?? settings.location ?? null,
  };
  const endpoint = definition.endpointOf(method, probe.path);
  const startedAt = performance.now();
  try {
    const headers = Object.entries(probe.headers).flat();
    const body = probe.body === null ? null : Buffer.from(probe.body);
    const presented = await credential.present({ method, origin: url.origin, path, headers, body });
    const sent = { method, url, path, headers: [...headers, ...presented], body };
    const answer = await callUpstream(sent, allowedHosts, further?.bounds);
    const latencyMs = Math.round((performance.now() - startedAt) * 10) / 10;
    const isList = model === null && method === 'GET';
    const clean = cleaner(target, credential);
    further?.onAnswer(answer, clean);
    const isReadable = further?.isReadable ?? (({ body: text }: Answer) => isJson(text));
    return { endpoint, latencyMs, ...read(target, clean, subject, answer, isList, isReadable) };
  } catch (error) {
    const nothing = { endpoint, ok: false, status: null, latencyMs: null, upstreamError: null, models: null };
    if (isCredentialError(error)) return { ...nothing, summary: error.message, code: error.code, isDecisive: true };
    const code = failureOf(error);
    const { summary } = explain({ kind: 'failed', failure: code }, subject);
    return { ...nothing, summary, code, isDecisive: true };
  }
}

/** Compared by name: its class may come from another copy of the package. */
export function isCredentialError(error: unknown): error is CredentialError {
  return error instanceof Error && error.name === 'CredentialError';
}

function cleaner({ secrets }: Target, credential: UpstreamCredential): (text: string) => string {
  // A Google key file is mostly words that honest answers hold too; what is secret in it, the credential knows.
  const { service_account_key: _file, ...plain } = secrets;
  const confidential = [...new Set([...Object.values(plain), ...credential.confidential])];
  return (text) => confidential.reduce(scrub, text);
}

function read(
  target: Target,
  clean: (text: string) => string,
  subject: Subject,
  answer: Answer,
  isList: boolean,
  isAnswer: (answer: Answer) => boolean,
) {
  const { definition } = target;
  const { status, headers, body } = answer;
  const contentType = headers['content-type'] ?? '';
  const isHtml = contentType.includes('html') || HTML.test(body);
  const isSuccess = status >= 200 && status < 300;
  const models = isSuccess && isList ? definition.parseModelList(body) : null;
  const isReadable = isAnswer(answer) || (models?.length ?? 0) > 0;
  const upstreamError = isSuccess && !isHtml ? null : upstreamErrorOf(clean(body), isHtml);
  const code = isSuccess ? null : errorCode(target, answer);
  const said = { code, error: upstreamError };
  const verdict = explain({ kind: 'answered', status, isHtml, isReadable, said }, subject);
  return {
    ...verdict,
    status,
    upstreamError,
    code: code && clean(code),
    models: verdict.ok && models ? clean(models.join('\n')).split('\n').filter(Boolean) : null,
    isDecisive: isHtml || (!verdict.ok && (status === 401 || (status >= 300 && status < 400))),
  };
}

/** The upstream's own word for the error, read just as the proxy reads it. */
function errorCode({ definition }: Target, { status, headers, body }: Answer): string | null {
  const contentType = headers['content-type'] ?? '';
  const reader = definition.usageReader('opaque', { status, contentType, header: (name) => headers[name] ?? null });
  reader.push(Buffer.from(body));
  return reader.read().errorCode;
}

function isJson(body: string): boolean {
  try {
    return typeof JSON.parse(body) === 'object';
  } catch {
    // Not what any of these APIs answers.
    return false;
  }
}
