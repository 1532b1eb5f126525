import type { CredentialForm } from '../provider-type.js';

/** No credential at all: local runtimes. */
export const NO_CREDENTIAL: CredentialForm = {
  kind: 'none',
  label: 'None',
  summary: 'The upstream asks for no key.',
  secrets: [],
  settings: [],
};

/** @param help where the person finds the key */
export function apiKeyForm(suggestedSecretId: string, help: string): CredentialForm {
  return {
    kind: 'api_key',
    label: 'API key',
    summary: 'One key for every call.',
    secrets: [{ slot: 'api_key', label: 'API key', required: true, suggestedSecretId, help }],
    settings: [],
  };
}
