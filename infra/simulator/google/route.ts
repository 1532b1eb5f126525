/** What a path of Google's asks for. */
export interface GoogleCall {
  /** `gemini` takes an API key, `vertex` an OAuth token. */
  readonly api: 'gemini' | 'vertex';
  /** `google`, or the dialect of the partner or compatible endpoint behind the path. */
  readonly dialect: 'google' | 'openai' | 'anthropic';
  /** Path as that dialect knows it. */
  readonly path: string;
  readonly model: string | null;
  /** What the path says and the dialect reads in the body. */
  readonly body: Readonly<Record<string, unknown>>;
}

const VERSION = /^\/(v1|v1beta|v1alpha|v1beta1)(\/.*)$/;
const PROJECT = /^\/projects\/[^/]+\/locations\/[^/]+(\/.*)$/;
const OPENAI = /^\/(?:openai|endpoints\/openapi)(\/.+)$/;
const PUBLISHED = /^\/publishers\/([^/]+)(\/models(?:\/.+)?)$/;
const MODEL = /^\/(?:models|tunedModels)\/([^/:]+)(?::([A-Za-z]+))?$/;

/** Null when the path is none of Google's. `hasKey`: the caller uses Google's key header, which tells `/v1/models` apart. */
export function googleCallOf(path: string, hasKey: boolean): GoogleCall | null {
  const [, version = '', versioned = ''] = VERSION.exec(path) ?? [];
  const inProject = PROJECT.exec(versioned)?.[1];
  const resource = inProject ?? versioned;
  const published = PUBLISHED.exec(resource);
  const api = inProject !== undefined || published !== null ? 'vertex' : 'gemini';
  const compatible = OPENAI.exec(resource)?.[1];
  if (compatible !== undefined) return { api, dialect: 'openai', path: `/v1${compatible}`, model: null, body: {} };
  const models = published?.[2] ?? resource;
  const [, model = null, verb = null] = MODEL.exec(models) ?? [];
  if (published?.[1] === 'anthropic' && model !== null) return claude(decodeURIComponent(model), verb);
  const isGoogles = verb !== null || published !== null || version.startsWith('v1beta') || version === 'v1alpha';
  if (!isGoogles && !(hasKey && versioned !== '')) return null;
  return { api, dialect: 'google', path: models, model: model === null ? null : decodeURIComponent(model), body: {} };
}

function claude(model: string, verb: string | null): GoogleCall {
  const isCount = model === 'count-tokens';
  return {
    api: 'vertex',
    dialect: 'anthropic',
    path: isCount ? '/v1/messages/count_tokens' : '/v1/messages',
    model: isCount ? null : model,
    body: isCount ? {} : { model, stream: verb === 'streamRawPredict' },
  };
}
