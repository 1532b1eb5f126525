import { below } from '../presets/paths.js';

const compatible = below('v1');

/** Ollama's own API stands beside `v1`, also when the base URL ends in it as OpenAI's SDKs want it. */
export function upstreamPath(basePath: string, callPath: string): string {
  const call = callPath.startsWith('/') ? callPath.slice(1) : callPath;
  return compatible(call.startsWith('api/') ? basePath.replace(/\/v1\/*$/, '') : basePath, call);
}
