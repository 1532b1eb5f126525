const VERSION = /^v\d+[a-z0-9]*$/;
const DEFAULT_VERSION = 'v1beta';

/** First segments of OpenAI's API. Google serves it under `openai/` of a version of its own. */
const OPENAI = new Set(['chat', 'completions', 'embeddings', 'images', 'audio', 'responses', 'videos']);
/** Resources of Google's own that a path without a version may begin with. */
const GOOGLE = /^(?:upload|download)$/;

/**
 * Path and query to send. Google's own paths stay as they were written. OpenAI's, with or without a version, go to
 * `v1beta/openai`, so that an OpenAI SDK works on the proxy URL alone, on `<proxy URL>/v1` and on
 * `<proxy URL>/v1beta/openai`. A base URL may end in a version, or in `<version>/openai`; the caller's version wins.
 * (https://ai.google.dev/gemini-api/docs/openai)
 */
export function upstreamPath(basePath: string, callPath: string): string {
  const { root, version } = splitBase(basePath);
  const call = callPath.startsWith('/') ? callPath.slice(1) : callPath;
  const query = call.search(/[?#]/);
  const path = query < 0 ? call : call.slice(0, query);
  return `${root}/${placed(path, version)}${query < 0 ? '' : call.slice(query)}`;
}

function placed(path: string, baseVersion: string): string {
  const [first = '', second = ''] = path.split('/', 2);
  if (VERSION.test(first)) {
    return OPENAI.has(second) ? `${DEFAULT_VERSION}/openai${path.slice(first.length)}` : path;
  }
  if (path === '' || GOOGLE.test(first)) return path;
  if (first === 'openai') return `${baseVersion}/${path}`;
  // Google's own SDKs always name a version, so a bare `models` is asked for by an OpenAI SDK.
  const isOpenai = OPENAI.has(first) || (first === 'models' && !path.includes(':'));
  return isOpenai ? `${DEFAULT_VERSION}/openai/${path}` : `${baseVersion}/${path}`;
}

function splitBase(basePath: string): { root: string; version: string } {
  const segments = basePath.split('/').filter((segment) => segment !== '');
  if (segments.at(-1) === 'openai') segments.pop();
  const last = segments.at(-1) ?? '';
  const version = VERSION.test(last) ? last : DEFAULT_VERSION;
  if (version === last) segments.pop();
  return { root: segments.map((segment) => `/${segment}`).join(''), version };
}
