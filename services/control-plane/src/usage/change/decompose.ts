/** Why spend changed. `other` and `unpriced` are listed only where they are not zero. */
export const EFFECT_KINDS = ['volume', 'mix', 'cache_hit', 'retries', 'price', 'other', 'unpriced'] as const;
export type EffectKind = (typeof EFFECT_KINDS)[number];
