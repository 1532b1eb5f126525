import type { Case } from '../../case/index.js';
import { askedOf, modelsOf } from './asked.js';
import { isKnownBucket, isKnownType } from './models.js';

/** Why LiteLLM cannot be asked what a case asks; null = it can. */
export function whyNot(one: Case): string | null {
  const models = modelsOf(one);
  for (const { type, onClientClose, usageFallback } of one.providers) {
    if (type === 'vertex') return 'its Google credentials are exchanged at Google';
    if (!isKnownType(type)) return `its own API of ${type} is not offered to clients`;
    if (onClientClose === 'cancel') return 'what happens upstream when a client leaves cannot be set';
    if (usageFallback === 'none') return 'estimates cannot be switched off';
  }
  for (const call of one.calls) {
    if (call.request.isAnonymous) return 'its own pages are open to everybody, and the case asks of all that is';
    const type = one.providers.find(({ name }) => name === call.provider)?.type ?? '';
    if (askedOf(call, type) === null) return `${call.request.path} is no endpoint that it meters for ${type}`;
  }
  for (const { provider, model, usdPerMillion } of one.prices) {
    if (!models.get(provider)?.has(model)) return 'a price belongs to what is asked for, not to the model that answers';
    const strange = Object.keys(usdPerMillion).find((bucket) => !isKnownBucket(bucket));
    if (strange !== undefined) return `a model cannot have a price for ${strange}`;
  }
  return null;
}
