import type { Bucket } from '@weir/contracts';
import type { LineRule } from './rating.js';

export interface StandIn {
  readonly bucket: Bucket;
  readonly rule: LineRule;
}

const AT_INPUT: StandIn = { bucket: 'input', rule: 'at_input_rate' };
const AT_OUTPUT: StandIn = { bucket: 'output', rule: 'at_output_rate' };

/**
 * Rates that hold for a bucket without one of its own, the first that there is; said on the line. What is cached never costs
 * less than what nobody says of it. Cached sound costs what cached text does, as with all of OpenAI's present models
 * (https://developers.openai.com/api/docs/pricing, audio tokens) and unlike fresh sound, which costs many times as much;
 * vendors whose rates differ, such as Google, publish both.
 */
export const STAND_INS: Readonly<Partial<Record<Bucket, readonly StandIn[]>>> = {
  cached_input: [AT_INPUT],
  cache_write_5m: [AT_INPUT],
  cache_write_1h: [AT_INPUT],
  cache_write_unknown: [{ bucket: 'cache_write_5m', rule: 'at_cache_write_5m_rate' }, AT_INPUT],
  audio_input: [AT_INPUT],
  cached_audio_input: [
    { bucket: 'cached_input', rule: 'at_cached_input_rate' },
    { bucket: 'audio_input', rule: 'at_audio_input_rate' },
    AT_INPUT,
  ],
  image_input: [AT_INPUT],
  audio_output: [AT_OUTPUT],
  image_output: [AT_OUTPUT],
};
