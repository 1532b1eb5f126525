import { askForUsage as azureAskForUsage } from '../azure-openai/ask-for-usage.js';
import { objectOf } from '../json/value.js';

/** Deployments are mostly named after their models; these answer 422 to a field they do not know. */
const STRICT_MODELS = /mistral|ministral|magistral|codestral|cohere|command-/i;

/**
 * Model inference passes unknown fields to the model or refuses them, so streams there are left as they are; so are
 * those of models that refuse the question. (https://github.com/BerriAI/litellm/issues/11696)
 */
export function askForUsage(endpoint: string, body: Buffer, parsed: unknown, callPath = ''): Buffer | null {
  if (/^\/?models\//.test(callPath)) return null;
  const model = objectOf(parsed)?.model;
  if (typeof model === 'string' && STRICT_MODELS.test(model)) return null;
  return azureAskForUsage(endpoint, body, parsed, callPath);
}
