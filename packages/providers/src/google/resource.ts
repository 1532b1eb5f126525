/** Model resources of Google's APIs: `models/m`, `tunedModels/t`, `publishers/p/models/m`, with a verb after a colon. */
const MODEL_CALL = /(?:^|\/)(?:publishers\/([^/:]+)\/)?(models|tunedModels|endpoints)\/([^/:]+)(?::([a-zA-Z]+))?$/;

export interface ModelCall {
  /** `anthropic` in `publishers/anthropic/models/...`; null where the path names no publisher. */
  readonly publisher: string | null;
  /** As catalogs and model lists name it. Tuned models and endpoints keep what they are: `tunedModels/t`. */
  readonly model: string;
  readonly verb: string | null;
}

/** What a call path says about its model; null when it names none. The query does not matter, nor how it is escaped. */
export function modelCallIn(callPath: string): ModelCall | null {
  const [escaped = ''] = callPath.split(/[?#]/, 1);
  let path: string;
  try {
    path = decodeURIComponent(escaped).replace(/\/{2,}/g, '/');
  } catch {
    // No path of Google's; the upstream says so itself.
    return null;
  }
  const match = MODEL_CALL.exec(path.replace(/\/$/, ''));
  if (!match) return null;
  const [, publisher = null, collection, name = '', verb = null] = match;
  return { publisher, model: collection === 'models' ? name : `${collection}/${name}`, verb };
}

/**
 * A model's id out of the ways Google spells it: `models/gemini-2.5-flash`, `publishers/google/models/gemini-2.5-flash`
 * and, in OpenAI's dialect on Vertex AI, `google/gemini-2.5-flash`.
 */
export function modelId(name: string): string {
  const id = name.replace(/^(?:projects\/[^/]+\/locations\/[^/]+\/)?(?:publishers\/[^/]+\/)?models\//, '');
  return id.replace(/^google\//, '');
}
