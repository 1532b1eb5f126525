import { below } from '../presets/paths.js';

const COMPATIBLE_CALL = /^\/?(?:v1\/)?(?:chat\/completions|embeddings)(?:\?|$)/;
const compatible = below('compatibility/v1');
const native = below('v1');

/**
 * Cohere's own API and the one for OpenAI's SDKs stand side by side: what only OpenAI has goes to the second.
 * (https://docs.cohere.com/docs/compatibility-api)
 */
export function upstreamPath(basePath: string, callPath: string): string {
  return (COMPATIBLE_CALL.test(callPath) ? compatible : native)(basePath, callPath);
}
