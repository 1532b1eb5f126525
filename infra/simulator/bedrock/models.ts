import { AwsFailure } from './failure.js';

export type Family = 'anthropic' | 'nova' | 'llama' | 'titan_embedding' | 'openai';

interface Model {
  readonly id: string;
  readonly family: Family;
  /** Geographies with an inference profile of it. */
  readonly profiles: readonly string[];
  /** Served under its bare id. */
  readonly isOnDemand: boolean;
}

const MODELS: readonly Model[] = [
  {
    id: 'anthropic.claude-sonnet-4-6',
    family: 'anthropic',
    profiles: ['us', 'eu', 'au', 'jp', 'global'],
    isOnDemand: false,
  },
  {
    id: 'anthropic.claude-sonnet-4-5-20250929-v1:0',
    family: 'anthropic',
    profiles: ['us', 'eu', 'au', 'jp', 'global'],
    isOnDemand: false,
  },
  {
    id: 'anthropic.claude-3-haiku-20240307-v1:0',
    family: 'anthropic',
    profiles: ['us', 'eu', 'apac'],
    isOnDemand: true,
  },
  { id: 'amazon.nova-lite-v1:0', family: 'nova', profiles: ['us', 'eu', 'apac'], isOnDemand: true },
  { id: 'meta.llama3-3-70b-instruct-v1:0', family: 'llama', profiles: ['us'], isOnDemand: false },
  { id: 'meta.llama3-8b-instruct-v1:0', family: 'llama', profiles: [], isOnDemand: true },
  { id: 'amazon.titan-embed-text-v2:0', family: 'titan_embedding', profiles: [], isOnDemand: true },
  { id: 'openai.gpt-oss-20b-1:0', family: 'openai', profiles: [], isOnDemand: true },
];

const BY_VENDOR: Readonly<Record<string, Family>> = {
  anthropic: 'anthropic',
  amazon: 'nova',
  meta: 'llama',
  openai: 'openai',
};

const GEOGRAPHIES = ['us-gov', 'global', 'apac', 'us', 'eu', 'au', 'jp'];
const OF_REGION: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^us-gov-/, ['us-gov']],
  [/^(?:us|ca)-/, ['us', 'global']],
  [/^(?:eu|il)-/, ['eu', 'global']],
  [/^ap-southeast-[24]$/, ['au', 'apac', 'global']],
  [/^ap-northeast-[13]$/, ['jp', 'apac', 'global']],
  [/^ap-/, ['apac', 'global']],
];
const ACCOUNT = '123456789012';
const ARN =
  /^arn:aws[a-z-]*:bedrock:([a-z0-9-]+):(\d{12})?:(foundation-model|inference-profile|application-inference-profile)\/(.+)$/;

/** A model as it was asked for. */
export interface Asked {
  readonly id: string;
  readonly family: Family;
  /** `sim-…` out of the id, naming a behaviour; '' = none. */
  readonly behaviour: string;
}

/** What this account serves in one region. */
export class Models {
  constructor(
    private readonly region: string,
    /** Application inference profiles: ARN -> id of the model or profile it was made from. */
    private readonly applicationProfiles: ReadonlyMap<string, string>,
  ) {}

  /** @throws AwsFailure as Bedrock words it */
  resolve(identifier: string): Asked {
    const arn = ARN.exec(identifier);
    if (arn === null) return this.byId(identifier);
    const [, region, , kind, name = ''] = arn;
    if (region !== this.region) throw notFound();
    if (kind !== 'application-inference-profile') return { ...this.byId(name), id: identifier };
    const source = this.applicationProfiles.get(identifier);
    if (source === undefined) throw notFound();
    return { ...this.byId(source), id: identifier };
  }

  private byId(id: string): Asked {
    const geography = GEOGRAPHIES.find((one) => id.startsWith(`${one}.`));
    const bare = geography === undefined ? id : id.slice(geography.length + 1);
    const model = MODELS.find((one) => one.id === bare) ?? simulated(bare);
    const isHere = geography === undefined || this.geographies().includes(geography);
    if (model === undefined || !isHere || (geography !== undefined && !model.profiles.includes(geography))) {
      throw new AwsFailure(400, 'ValidationException', 'The provided model identifier is invalid.');
    }
    if (geography === undefined && !model.isOnDemand) {
      const message = `Invocation of model ID ${bare} with on-demand throughput isn’t supported. Retry your request with the ID or ARN of an inference profile that contains this model.`;
      throw new AwsFailure(400, 'ValidationException', message);
    }
    return { id, family: model.family, behaviour: /\.(sim-.+)$/.exec(bare)?.[1] ?? '' };
  }

  private geographies(): readonly string[] {
    return OF_REGION.find(([region]) => region.test(this.region))?.[1] ?? [];
  }

  /** ListFoundationModels. */
  foundationModels(): object {
    const modelSummaries = MODELS.map(({ id, family, profiles, isOnDemand }) => ({
      modelArn: `arn:aws:bedrock:${this.region}::foundation-model/${id}`,
      modelId: id,
      modelName: id,
      providerName: id.split('.', 1)[0],
      inputModalities: ['TEXT'],
      outputModalities: [family === 'titan_embedding' ? 'EMBEDDING' : 'TEXT'],
      inferenceTypesSupported: [
        ...(isOnDemand ? ['ON_DEMAND'] : []),
        ...(profiles.length > 0 ? ['INFERENCE_PROFILE'] : []),
      ],
      modelLifecycle: { status: 'ACTIVE' },
    }));
    return { modelSummaries };
  }

  /** ListInferenceProfiles. */
  inferenceProfiles(type: string | null): object {
    const own = [...this.applicationProfiles.keys()].map((arn) => ({
      inferenceProfileArn: arn,
      inferenceProfileId: arn.slice(arn.lastIndexOf('/') + 1),
      status: 'ACTIVE',
      type: 'APPLICATION',
    }));
    const system = MODELS.flatMap(({ id, profiles }) =>
      profiles
        .filter((geography) => this.geographies().includes(geography))
        .map((geography) => ({
          inferenceProfileArn: `arn:aws:bedrock:${this.region}:${ACCOUNT}:inference-profile/${geography}.${id}`,
          inferenceProfileId: `${geography}.${id}`,
          status: 'ACTIVE',
          type: 'SYSTEM_DEFINED',
        })),
    );
    const summaries = [...system, ...own].filter((profile) => type === null || profile.type === type);
    return { inferenceProfileSummaries: summaries };
  }
}

/** `<vendor>.sim-<behaviour>`: a model that misbehaves, as in `../behaviour.ts`. */
function simulated(id: string): Model | undefined {
  const family = BY_VENDOR[/^([a-z]+)\.sim-/.exec(id)?.[1] ?? ''];
  return family && { id, family, profiles: ['us', 'eu', 'global'], isOnDemand: true };
}

function notFound(): AwsFailure {
  const message = 'Could not resolve the foundation model from the provided model identifier.';
  return new AwsFailure(404, 'ResourceNotFoundException', message);
}
