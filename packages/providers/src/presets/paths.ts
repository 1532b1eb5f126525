import { upstreamPath } from '../path/upstream-path.js';

type UpstreamPath = (basePath: string, callPath: string) => string;

/** OpenAI's own endpoints, with or without the version, query included. */
const OPENAI_CALL =
  /^(?:v1\/)?((?:chat\/completions|completions|responses|embeddings|models|images|audio)(?:[/?].*)?)$/;

/**
 * A call that begins with the base URL's whole path has it once, so that an SDK of the upstream's own, which brings the
 * path along, works as well as OpenAI's.
 */
export const sharedPath: UpstreamPath = (basePath, callPath) => {
  const base = basePath.replace(/^\/+|\/+$/g, '');
  const call = callPath.startsWith('/') ? callPath.slice(1) : callPath;
  const isShared = base.includes('/') && call.startsWith(base) && /^[/?]?$/.test(call.charAt(base.length));
  return isShared ? `/${call}` : upstreamPath(basePath, callPath);
};

/** For a base URL without a path: OpenAI's endpoints are below `prefix`, everything else is where the call says. */
export function below(prefix: string): UpstreamPath {
  return (basePath, callPath) => {
    const call = callPath.startsWith('/') ? callPath.slice(1) : callPath;
    const endpoint = /[^/]/.test(basePath) ? undefined : OPENAI_CALL.exec(call)?.[1];
    return endpoint === undefined ? upstreamPath(basePath, callPath) : `/${prefix}/${endpoint}`;
  };
}
