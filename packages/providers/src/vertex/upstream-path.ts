import type { ProviderSettings } from '@weir/contracts';

const VERSION = /^v\d+[a-z0-9]*$/;
const DEFAULT_VERSION = 'v1';
/** Versions that the Gemini API has and Vertex AI names otherwise. */
const VERSIONS: ReadonlyMap<string, string> = new Map([
  ['v1beta', 'v1beta1'],
  ['v1alpha', 'v1beta1'],
]);
const OPENAI = new Set(['chat', 'completions', 'embeddings']);
const PUBLISHED_MODELS = 'publishers/google/models';

/**
 * Path and query to send. A path that names its project stays as it was written, also when that is another one than the
 * provider's: Google decides whether the credential reaches it. A shorter one is completed with the provider's project
 * and location: `publishers/google/models/m:generateContent`, the Gemini API's `models/m:generateContent`, OpenAI's
 * `chat/completions`. (https://cloud.google.com/vertex-ai/generative-ai/docs/reference/rest)
 */
export function upstreamPath(basePath: string, callPath: string, settings: ProviderSettings = {}): string {
  const segments = basePath.split('/').filter((segment) => segment !== '');
  const baseVersion = VERSION.test(segments.at(-1) ?? '') ? (segments.pop() as string) : DEFAULT_VERSION;
  const call = callPath.startsWith('/') ? callPath.slice(1) : callPath;
  const queryAt = call.search(/[?#]/);
  const path = queryAt < 0 ? call : call.slice(0, queryAt);
  const query = queryAt < 0 ? '' : call.slice(queryAt);
  const first = path.split('/', 1)[0] as string;
  const isVersioned = VERSION.test(first);
  const rest = isVersioned ? path.slice(first.length + 1) : path;
  const root = segments.map((segment) => `/${segment}`).join('');
  if (path === '' || rest.startsWith('projects/')) {
    return `${root}/${isVersioned || path === '' ? path : `${baseVersion}/${path}`}${query}`;
  }
  const version = isVersioned ? (VERSIONS.get(first) ?? first) : baseVersion;
  return `${root}/${version}/${completed(rest, settings)}${query}`;
}

function completed(path: string, { project_id: project, location }: ProviderSettings): string {
  const resource = resourceOf(path);
  // Lists of published models, and a model's card, belong to no project.
  const isPublic = resource.startsWith('publishers/') && !resource.includes(':');
  if (isPublic || project === undefined || location === undefined) return resource;
  return `projects/${project}/locations/${location}/${resource}`;
}

function resourceOf(path: string): string {
  const bare = path.startsWith('openai/') ? path.slice('openai/'.length) : path;
  const [first = ''] = bare.split('/', 1);
  if (OPENAI.has(first)) return `endpoints/openapi/${bare}`;
  return first === 'models' ? PUBLISHED_MODELS + bare.slice(first.length) : path;
}
