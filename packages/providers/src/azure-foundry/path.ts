import type { ProviderSettings } from '@weir/contracts';
import { upstreamPath as azurePath, withVersion } from '../azure-openai/path.js';
import { upstreamPath as joined } from '../path/upstream-path.js';

/** The one Microsoft’s own examples name: https://learn.microsoft.com/rest/api/aifoundry/modelinference */
const MODELS_API_VERSION = '2024-05-01-preview';
const MODEL_INFERENCE = /^models\/(?:chat\/completions|embeddings|images\/embeddings|info)(?:\?|$)/;

/**
 * A resource answers in three dialects: `models/…?api-version=…` (model inference), `openai/…` as Azure OpenAI, and
 * `anthropic/v1/messages`. (https://learn.microsoft.com/azure/ai-foundry/foundry-models/concepts/endpoints)
 */
export function upstreamPath(basePath: string, callPath: string, settings: ProviderSettings = {}): string {
  const call = callPath.startsWith('/') ? callPath.slice(1) : callPath;
  const root = basePath.replace(/\/+$/, '').replace(/\/models$/, '');
  if (!MODEL_INFERENCE.test(call)) return azurePath(root, call, settings);
  return joined(root, withVersion(call, { api_version: MODELS_API_VERSION }));
}
