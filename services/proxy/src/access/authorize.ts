import { Refusal } from '../errors.js';
import { ownCredentials, type RequestHead } from '../http/head.js';
import type { Inspection } from '../http/inspect.js';
import type { ServedProvider, ServedToken, SnapshotView } from '../snapshot/snapshot.js';

/** @throws Refusal `provider_unknown`, `scope_denied`, `provider_disabled` */
export function authorize(view: SnapshotView, { config: token }: ServedToken, name: string): ServedProvider {
  const provider = view.provider(token.projectId, name);
  if (!provider) {
    throw new Refusal('provider_unknown', `There is no provider “${name}”; check the proxy URL on its page in Weir.`);
  }
  if (token.providers !== null && !token.providers.includes(name)) {
    throw new Refusal(
      'scope_denied',
      `The token is not allowed to call provider “${name}”; use one whose scope has it.`,
    );
  }
  if (!provider.config.enabled) {
    throw new Refusal('provider_disabled', `Provider “${name}” is switched off; an administrator can enable it.`);
  }
  const { environments } = provider.config;
  if (environments.length > 0 && !environments.includes(token.environment)) {
    throw new Refusal(
      'provider_disabled',
      `Provider “${name}” is not active in environment “${token.environment}”, only in ${listed(environments)}; use a token of such an environment, or ask an administrator to activate it.`,
    );
  }
  return provider;
}

/**
 * With passthrough on, the caller's own credential goes upstream, so the gateway token must come in the header made
 * for it and in no other. @throws Refusal `token_missing`, `request_invalid`
 */
export function checkPassthrough({ config, dialect }: ServedProvider, head: RequestHead): void {
  if (!config.passthrough) return;
  if (head.weirAuthorization === null) {
    throw new Refusal(
      'token_missing',
      `Provider “${config.name}” passes your own credential through; send the gateway token in “x-weir-authorization: Bearer weir_…”.`,
    );
  }
  const own = ownCredentials(head, dialect.passthroughHeaders);
  const misplaced = own.findIndex((text) => text.includes('weir_'));
  if (misplaced >= 0) {
    throw new Refusal(
      'request_invalid',
      `Provider “${config.name}” forwards “${own[misplaced - 1]}”; put your own credential there, not the gateway token.`,
    );
  }
  if (own.some((text) => text.startsWith('AWS4-'))) {
    throw new Refusal(
      'request_invalid',
      `An AWS signature holds only for the host it was made for, so provider “${config.name}” cannot pass yours through; send a Bedrock API key as “authorization: Bearer”.`,
    );
  }
}

/**
 * Holds a call to the provider's models. What cannot be read cannot be allowed.
 * @param inspection null when the call has no body that could be read.
 * @param isRead a GET, HEAD or DELETE, which runs no model.
 * @throws Refusal `model_not_allowed`, `request_invalid`
 */
export function checkModel(
  { config, dialect, models }: ServedProvider,
  inspection: Inspection | null,
  queryModels: readonly string[],
  isRead: boolean,
): void {
  if (models === null) return;
  if (inspection?.fault) {
    throw new Refusal(
      'request_invalid',
      `The request body cannot be read: ${inspection.fault}; send a valid JSON body.`,
    );
  }
  const refusal = (what: string) =>
    new Refusal('model_not_allowed', `${what}; provider “${config.name}” exposes ${listed(config.models)}.`);
  if (inspection?.facts && inspection.models === null) {
    throw new Refusal('request_invalid', 'The request names its model in more than one way; send one “model” once.');
  }
  const named = [...(inspection?.models ?? []), ...queryModels];
  if (named.length === 0 && !isRead) throw refusal('The request names no model that can be checked');
  for (const model of named) {
    const isExposed = models.has(model) || models.has(dialect.modelId?.(model) ?? model);
    if (!isExposed) throw refusal(`Model “${model.slice(0, 255)}” is not allowed`);
  }
}

function listed(models: readonly string[]): string {
  const shown = models.slice(0, 10).join(', ');
  return models.length > 10 ? `${shown} and ${models.length - 10} more` : shown;
}
