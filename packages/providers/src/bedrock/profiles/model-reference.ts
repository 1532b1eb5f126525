import { GEOGRAPHIES, type Geography } from './geographies.js';

/** What a Bedrock model field can hold, taken apart. */
export interface ModelReference {
  readonly kind:
    | 'model'
    /** A system-defined profile: a geography and a model. */
    | 'system_profile'
    /** A profile of one's own; what it stands for is known to AWS alone. */
    | 'application_profile'
    /** Provisioned throughput, prompt routers, imported and custom models: an ARN that is no profile. */
    | 'other';
  /** The model's own id, without geography; null where the reference does not tell. */
  readonly model: string | null;
  readonly geography: Geography | null;
  /** Region in an ARN; null otherwise. */
  readonly region: string | null;
}

const ARN = /^arn:aws[a-z-]*:bedrock:([a-z0-9-]*):[^:]*:([a-z-]+)\/(.+)$/;

/**
 * Takes an id or ARN apart. Never throws: what is no ARN counts as an id.
 * (https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-use.html)
 */
export function modelReference(text: string): ModelReference {
  const arn = ARN.exec(text);
  if (arn === null) return text.startsWith('arn:') ? other(null) : byId(text, null);
  const [, region = '', resource, name = ''] = arn;
  const at = region === '' ? null : region;
  if (resource === 'foundation-model' || resource === 'inference-profile') return byId(name, at);
  return resource === 'application-inference-profile' ? { ...other(at), kind: 'application_profile' } : other(at);
}

/** The id that an ARN of a foundation model or system profile ends in; every other text as it is. */
export function modelId(text: string): string {
  const { model, geography } = modelReference(text);
  if (model === null) return text;
  return geography === null ? model : `${geography}.${model}`;
}

function byId(id: string, region: string | null): ModelReference {
  const geography = GEOGRAPHIES.find((prefix) => id.startsWith(`${prefix}.`)) ?? null;
  if (geography === null) return { kind: 'model', model: id, geography, region };
  return { kind: 'system_profile', model: id.slice(geography.length + 1), geography, region };
}

function other(region: string | null): ModelReference {
  return { kind: 'other', model: null, geography: null, region };
}
