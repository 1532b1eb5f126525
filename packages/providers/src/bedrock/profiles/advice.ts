import { type Geography, geographiesOf } from './geographies.js';
import { modelReference } from './model-reference.js';
import { type ModelRow, ROWS } from './rows.js';

/** What to know of a model field before it is called in a region. */
export interface ModelAdvice {
  /** For grouping, for example `Claude Sonnet`; null for application profiles and models not known here. */
  readonly family: string | null;
  readonly geography: Geography | null;
  /**
   * `ok`: nothing speaks against it; `profile_needed`: the bare id is refused, one of `suggestions` is what to call;
   * `profile_may_be_needed`: some regions refuse the bare id; `wrong_region`: the profile, or the ARN, belongs to
   * another one; `unknown`: a model not known here.
   */
  readonly finding: 'ok' | 'profile_needed' | 'profile_may_be_needed' | 'wrong_region' | 'unknown';
  /** One sentence for people; null where there is nothing to say. */
  readonly message: string | null;
  /** Profile ids that can be called from the region in its place, the closest geography first. */
  readonly suggestions: readonly string[];
}

/** The family of a model or system profile, by id or ARN; null when it is not known. */
export function familyOf(text: string): string | null {
  const { model } = modelReference(text);
  return model === null ? null : (rowOf(model)?.family ?? null);
}

/** Looks at a model id, profile id or ARN as an admin would type it. Pure; asks nobody. */
export function adviseOn(text: string, region: string): ModelAdvice {
  const reference = modelReference(text);
  const { model, geography } = reference;
  const found = model === null ? undefined : rowOf(model);
  const family = found?.family ?? null;
  const suggestions = model === null || found === undefined ? [] : profilesOf(model, found, region);
  const advice = (finding: ModelAdvice['finding'], message: string | null = null): ModelAdvice => ({
    ...{ family, geography, finding, message },
    suggestions: finding === 'ok' || finding === 'unknown' ? [] : suggestions,
  });
  if (reference.region !== null && reference.region !== region) {
    return advice('wrong_region', `This ARN belongs to ${reference.region}, but the provider calls ${region}.`);
  }
  if (geography !== null && !geographiesOf(region).includes(geography)) {
    return advice('wrong_region', `Profiles that begin with “${geography}.” cannot be called from ${region}.`);
  }
  if (reference.kind === 'application_profile' || reference.kind === 'other') return advice('ok');
  if (found === undefined) return advice('unknown');
  if (reference.kind === 'system_profile' || found.bare === 'all') return advice('ok');
  const instead = suggestions[0] === undefined ? '' : `; use ${suggestions[0]}`;
  return found.bare === 'none'
    ? advice('profile_needed', `Bedrock serves this model only through an inference profile${instead}.`)
    : advice(
        'profile_may_be_needed',
        `Not every region serves this model under its bare id${instead} if it is refused.`,
      );
}

function rowOf(model: string): ModelRow | undefined {
  return ROWS.find(({ pattern }) => pattern.test(model));
}

function profilesOf(model: string, { profiles }: ModelRow, region: string): string[] {
  return geographiesOf(region)
    .filter((geography) => profiles.includes(geography))
    .map((geography) => `${geography}.${model}`);
}
