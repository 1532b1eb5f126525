import type { Reading } from './reading.js';

/** Which traces are kept. */
export interface SamplerSettings {
  /** What the app says of a trace of its own decides. */
  readonly isParentBased: boolean;
  /** Part of the others that is kept, from 0 to 1. */
  readonly ratio: number;
}

const KINDS = ['always_on', 'always_off', 'traceidratio'] as const;
const NAMES = [...KINDS, ...KINDS.map((kind) => `parentbased_${kind}` as const)] as const;

export function samplerSettings(reading: Reading): SamplerSettings {
  const name = reading.oneOf(['OTEL_TRACES_SAMPLER'], NAMES, 'parentbased_always_on');
  const isParentBased = name.startsWith('parentbased_');
  if (name.endsWith('always_on')) return { isParentBased, ratio: 1 };
  if (name.endsWith('always_off')) return { isParentBased, ratio: 0 };
  const text = reading.text('OTEL_TRACES_SAMPLER_ARG');
  const ratio = Number(text ?? 1);
  if (ratio >= 0 && ratio <= 1) return { isParentBased, ratio };
  reading.faults.push(
    `OTEL_TRACES_SAMPLER_ARG must be a number from 0 to 1, not ${JSON.stringify(text?.slice(0, 64))}`,
  );
  return { isParentBased, ratio: 1 };
}
