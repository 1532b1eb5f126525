import type { CredentialForm, SettingField } from '../provider-type.js';
import { LOCATION, LOCATIONS } from './location.js';

/** An id, also one that belongs to a domain (`example.com:my-project`), or a project number. */
const PROJECT = /^(?:(?:[a-z0-9.-]{1,60}:)?[a-z][a-z0-9-]{4,28}[a-z0-9]|\d{6,19})$/;

export const SETTINGS: readonly SettingField[] = [
  {
    name: 'project_id',
    label: 'Project ID',
    required: true,
    placeholder: 'my-project-123456',
    help: 'Google Cloud console, in the project picker’s ID column.',
    pattern: PROJECT,
    options: [],
  },
  {
    name: 'location',
    label: 'Location',
    required: true,
    placeholder: 'us-central1',
    help: 'Where the models run; “global” lets Google choose and has the newest models.',
    pattern: LOCATION,
    options: LOCATIONS,
  },
];

export const CREDENTIAL_FORMS: readonly CredentialForm[] = [
  {
    kind: 'google_service_account',
    label: 'Service account key',
    summary: 'The key file of a service account with the role Vertex AI User.',
    secrets: [
      {
        slot: 'service_account_key',
        label: 'Service account key (JSON)',
        required: true,
        suggestedSecretId: 'VERTEX_SERVICE_ACCOUNT',
        help: 'Google Cloud console, IAM & Admin, Service Accounts, Keys, Add key, JSON; paste the whole file.',
      },
    ],
    settings: [],
  },
  {
    kind: 'google_adc',
    label: 'Application default credentials',
    summary:
      'Uses what Google finds around the proxy: GOOGLE_APPLICATION_CREDENTIALS, gcloud, or the machine’s account.',
    secrets: [],
    settings: [],
  },
];
