import { upstreamPath as joined } from '../path/upstream-path.js';

const OPENAI_STYLE = /^\/?(?:v1\/)?(?=(?:chat\/completions|completions|responses)(?:[/?]|$))/;

/**
 * The path as the caller encoded it. The runtime serves OpenAI-style calls under `openai/v1` only, so what an OpenAI SDK
 * asks for below the bare proxy URL, or below `v1`, goes there; a base URL with a path of its own says itself where.
 * (https://docs.aws.amazon.com/bedrock/latest/userguide/inference-chat-completions.html)
 */
export function upstreamPath(basePath: string, callPath: string): string {
  const isBare = basePath === '' || basePath === '/';
  return joined(basePath, isBare ? callPath.replace(OPENAI_STYLE, 'openai/v1/') : callPath);
}
