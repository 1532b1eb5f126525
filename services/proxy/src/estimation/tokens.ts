/** A run without a space is merged byte by byte in time that grows with its square. */
const MAX_RUN_CHARACTERS = 512;
const LONG_RUN = new RegExp(`\\S{${MAX_RUN_CHARACTERS}}`, 'gu');

export type EncodingName = 'o200k_base' | 'cl100k_base';

type Count = (text: string) => number;

/** Models of before GPT-4o; everybody else's are counted with the newest, which none of them is further from. */
const CL100K = /(?:^|[/.])(?:gpt-4(?![o.]|\d)|gpt-3\.5|gpt-35|text-embedding-)/i;

export function encodingOf(model: string | null): EncodingName {
  return model !== null && CL100K.test(model) ? 'cl100k_base' : 'o200k_base';
}

const loaded = new Map<EncodingName, Count>();

/** Loads an encoding's table with the first text that needs it. */
export async function tokenCounter(name: EncodingName): Promise<Count> {
  let count = loaded.get(name);
  if (count === undefined) {
    const { countTokens } =
      name === 'cl100k_base'
        ? await import('gpt-tokenizer/encoding/cl100k_base')
        : await import('gpt-tokenizer/encoding/o200k_base');
    // Text that looks like a control token was written by somebody, and is text.
    const asText = { disallowedSpecial: new Set<string>() };
    count = (text) => countTokens(text.replace(LONG_RUN, '$& '), asText);
    loaded.set(name, count);
  }
  return count;
}
