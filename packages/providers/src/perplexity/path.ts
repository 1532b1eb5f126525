import { below } from '../presets/paths.js';

const versioned = below('v1');

/** Sonar's chat completions are the only address without a version. */
export function upstreamPath(basePath: string, callPath: string): string {
  const path = versioned(basePath, callPath);
  return path.replace(/^\/v1(?=\/chat\/completions(?:\?|$))/, '');
}
