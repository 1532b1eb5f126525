import type { CatalogEntry } from '@weir/contracts';
import { bedrockProfiles } from '@weir/providers';

const { GEOGRAPHIES, adviseOn } = bedrockProfiles;
/** Whether a bare id is served at all does not depend on the region; which profiles can be called from one does. */
const ANY_REGION = 'us-east-1';

/**
 * What to know of a Bedrock model before it is called: whether the upstream refuses its bare id, and under which ids of
 * inference profiles it is priced.
 * @param known ids in the catalog
 */
export function profilesOf(
  { vendor, model }: CatalogEntry,
  known: ReadonlySet<string>,
): { needsInferenceProfile: boolean; profiles: string[] } {
  if (vendor !== 'aws') return { needsInferenceProfile: false, profiles: [] };
  return {
    needsInferenceProfile: adviseOn(model, ANY_REGION).finding === 'profile_needed',
    profiles: GEOGRAPHIES.map((geography) => `${geography}.${model}`).filter((id) => known.has(id)),
  };
}
