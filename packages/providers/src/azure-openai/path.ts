import type { ProviderSettings } from '@weir/contracts';
import { upstreamPath as joined } from '../path/upstream-path.js';

/** The newest version of the dated API that is generally available; the v1 API needs none. */
export const DEFAULT_API_VERSION = '2024-10-21';

/** Calls as OpenAI's own SDK writes them, which has no `openai/` in front. */
const BARE_CALL = /^(?:v1\/)?(?:chat\/completions|completions|responses|embeddings|models|images|audio)(?:[/?]|$)/;
const DATED_CALL = /^openai\/(?!v1(?:[/?]|$))/;

/**
 * Both forms of the API live under one resource: `openai/v1/…` with the deployment in the body, and
 * `openai/deployments/{deployment}/…?api-version=…`. Where the dated form comes without a version, the provider's
 * goes with it. (https://learn.microsoft.com/azure/ai-foundry/openai/api-version-lifecycle)
 */
export function upstreamPath(basePath: string, callPath: string, settings: ProviderSettings = {}): string {
  const call = callPath.startsWith('/') ? callPath.slice(1) : callPath;
  const root = basePath.replace(/\/+$/, '').replace(/\/openai(?:\/v1)?$/, '');
  const named = BARE_CALL.test(call) ? `openai/v1/${call.replace(/^v1\//, '')}` : call;
  return joined(root, DATED_CALL.test(named) ? withVersion(named, settings) : named);
}

export function withVersion(call: string, settings: ProviderSettings): string {
  if (versionIn(call) !== null) return call;
  const version = `api-version=${encodeURIComponent(settings.api_version ?? DEFAULT_API_VERSION)}`;
  return call.includes('?')
    ? `${call.replace(/&$/, '')}${call.endsWith('?') ? '' : '&'}${version}`
    : `${call}?${version}`;
}

/** `api-version` of a call's query; null when there is none. */
export function versionIn(callPath: string): string | null {
  const question = callPath.indexOf('?');
  return question < 0 ? null : new URLSearchParams(callPath.slice(question + 1)).get('api-version') || null;
}

/** The operations that live below a deployment; every other one takes its model from the body. */
const DEPLOYMENT = /(?:^|\/)deployments\/([^/]+)\/(?:chat\/completions|completions|embeddings|images\/.+|audio\/.+)$/i;

/** The deployment a path names, decoded as Azure decodes it; null in every other form. */
export function deploymentIn(callPath: string): string | null {
  const [path = ''] = callPath.split(/[?#]/, 1);
  try {
    return DEPLOYMENT.exec(decodeURIComponent(path))?.[1] ?? null;
  } catch {
    // A path nobody can decode names nothing; the upstream says what is wrong with it.
    return null;
  }
}
