import { apiKeyForm } from '../credential/api-key.js';
import type { CredentialForm, SettingField } from '../provider-type.js';

const UUID = /^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/;

const TENANT: SettingField = {
  name: 'tenant_id',
  label: 'Tenant ID',
  required: true,
  placeholder: '00000000-0000-0000-0000-000000000000',
  help: 'Directory (tenant) ID on the app registration’s overview in Microsoft Entra, or the directory’s domain.',
  pattern: /^[A-Za-z0-9.-]{1,253}$/,
  options: [],
};

const CLIENT: SettingField = {
  name: 'client_id',
  label: 'Client ID',
  required: true,
  placeholder: '00000000-0000-0000-0000-000000000000',
  help: 'Application (client) ID on the app registration’s overview in Microsoft Entra.',
  pattern: UUID,
  options: [],
};

/** A key of the resource, or an app registration with a role on it. */
export function azureCredentialForms(apiKeyId: string, clientSecretId: string, keyHelp: string): CredentialForm[] {
  return [
    { ...apiKeyForm(apiKeyId, keyHelp), summary: 'One of the resource’s two keys, for every deployment in it.' },
    {
      kind: 'entra_client_secret',
      label: 'Microsoft Entra ID',
      summary:
        'An app registration with the role Cognitive Services OpenAI User on the resource; tokens renew themselves.',
      secrets: [
        {
          slot: 'client_secret',
          label: 'Client secret',
          required: true,
          suggestedSecretId: clientSecretId,
          help: 'The value, not the ID, of a secret under Certificates & secrets at https://entra.microsoft.com.',
        },
      ],
      settings: [TENANT, CLIENT],
    },
  ];
}

/** Older versions state no usage in streams, and Azure has retired most of them. */
export const API_VERSION: SettingField = {
  name: 'api_version',
  label: 'API version',
  required: false,
  placeholder: '2024-10-21',
  help: 'Sent with calls in the deployment form that name none; the v1 form needs none.',
  pattern: /^(?:2024-(?:09|1[0-2])|202[5-9]-\d\d|20[3-9]\d-\d\d)-\d\d(?:-preview)?$/,
  options: ['2024-10-21', '2025-04-01-preview'],
};
