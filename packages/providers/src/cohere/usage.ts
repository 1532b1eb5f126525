import type { Meters } from '@weir/contracts';
import { known } from '../counts/known.js';
import { countOf, type JsonObject, objectOf } from '../json/value.js';

export interface CohereCounts {
  readonly meters: Meters;
  readonly otherMeters: Readonly<Record<string, number>>;
}

/**
 * What Cohere bills (`billed_units`), which leaves out its own prompt templates; what the model saw (`tokens`) only where
 * nothing else is stated. Images are billed beside the text. (https://docs.cohere.com/docs/rate-limits, /v2/reference/chat)
 */
export function cohereCounts(usage: JsonObject | null): CohereCounts {
  const billed = objectOf(usage?.billed_units);
  const seen = billed === null ? objectOf(usage?.tokens) : billed;
  const text = countOf(seen?.input_tokens);
  const image = countOf(seen?.image_tokens);
  const output = countOf(seen?.output_tokens);
  const hasInput = text !== undefined || image !== undefined;
  return {
    meters: known({
      input: hasInput ? (text ?? 0) + (image ?? 0) : undefined,
      imageInput: image,
      // An embedding writes nothing and says nothing about it.
      output: output ?? (hasInput ? 0 : undefined),
    }),
    otherMeters: known({ searchUnits: countOf(billed?.search_units), images: countOf(billed?.images) }),
  };
}
