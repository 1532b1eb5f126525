import type { ServiceTier } from './catalog.js';

/**
 * What upstreams call their service tiers. OpenAI renamed its priority tier to fast and takes both names
 * (https://openai.com/api-fast-mode/).
 */
const TIERS: ReadonlyMap<string, ServiceTier> = new Map([
  ['default', 'default'],
  ['standard', 'default'],
  ['auto', 'default'],
  ['on_demand', 'default'],
  ['flex', 'flex'],
  ['priority', 'priority'],
  ['fast', 'priority'],
  ['batch', 'batch'],
  ['scale', 'scale'],
]);

/** null = a tier of which nothing is known, such as reserved capacity: no rate holds for it. */
export function serviceTierOf(stated: string | null): ServiceTier | null {
  return stated === null ? 'default' : (TIERS.get(stated.toLowerCase()) ?? null);
}
