import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { Prisma } from '@weir/prisma';
import { DateTime } from '../platform/scalars.js';
import { SecretType, toSecretType, WITH_USERS } from '../secrets/secrets.types.js';
import { ClientClosePolicy, UsageFallback } from './client-close.types.js';
import { storedSettings } from './credential/setting-values.js';
import { ProviderCredential, SettingValue } from './credential.types.js';
import { RecordingSettingsType } from './recording/recording.types.js';
import { storedRecording } from './recording/stored.js';
import { scopeOf } from './status/scope.js';
import { endpointStatuses, statusOf } from './status/status.js';
import { EndpointStatus, ProviderStatus } from './status/status.types.js';

@ObjectType('Provider')
export class ProviderObject {
  @Field(() => ID)
  id: string;

  @Field(() => String)
  name: string;

  @Field(() => String)
  displayName: string;

  @Field(() => String)
  type: string;

  @Field(() => Boolean)
  enabled: boolean;

  @Field(() => String)
  baseUrl: string;

  @Field(() => String, { description: 'How it proves who it is; `none` with passthrough.' })
  credentialKind: string;

  @Field(() => [ProviderCredential])
  credentials: ProviderCredential[];

  @Field(() => [SettingValue])
  settings: SettingValue[];

  @Field(() => ProviderStatus)
  status: ProviderStatus;

  @Field(() => [String], { description: 'Why the status is not READY; empty when it is.' })
  statusReasons: string[];

  @Field(() => [EndpointStatus])
  endpoints: EndpointStatus[];

  @Field(() => SecretType, { nullable: true, description: 'null: it has none, or the viewer may not read secrets.' })
  secret: SecretType | null;

  @Field(() => Boolean)
  passthrough: boolean;

  @Field(() => [String])
  environments: string[];

  @Field(() => [String])
  models: string[];

  @Field(() => Boolean)
  recordInputs: boolean;

  @Field(() => Boolean)
  recordOutputs: boolean;

  @Field(() => RecordingSettingsType)
  recording: RecordingSettingsType;

  @Field(() => ClientClosePolicy, {
    nullable: true,
    description: 'null: as its type does, `ProviderType.clientClose`.',
  })
  onClientClose: ClientClosePolicy | null;

  @Field(() => Int, { description: 'How long an answer is read on at most once its client is gone.' })
  drainSeconds: number;

  @Field(() => UsageFallback)
  usageFallback: UsageFallback;

  @Field(() => String, { description: "Where applications point; the upstream's own path follows it." })
  proxyUrl: string;

  @Field(() => Int)
  revision: number;

  @Field(() => DateTime)
  createdAt: Date;

  @Field(() => DateTime)
  updatedAt: Date;

  @Field(() => DateTime, { nullable: true })
  deletedAt: Date | null;

  /** Not a field: keeps figures of one project apart from another's. */
  projectId: string;
}

@ObjectType()
export class ProviderPage {
  @Field(() => [ProviderObject])
  nodes: ProviderObject[];

  @Field(() => String, { nullable: true })
  endCursor: string | null;

  @Field(() => Boolean)
  hasNextPage: boolean;

  @Field(() => Int)
  totalCount: number;
}

export const WITH_CREDENTIALS = {
  credentials: { include: { secret: { include: WITH_USERS } }, orderBy: { slot: 'asc' } },
  checks: true,
} as const;
export type ProviderRow = Prisma.ProviderGetPayload<{ include: typeof WITH_CREDENTIALS }>;

/** What may leave: named field by field, so that the sealed credential never slips through. */
export function toProviderObject(row: ProviderRow, proxyUrlPrefix: string): ProviderObject {
  const { status, reasons } = statusOf(row.enabled, row.checks);
  const credentials = row.credentials.map(({ slot, secret }) => ({ slot, secret: toSecretType(secret) }));
  return {
    id: row.id,
    projectId: row.projectId,
    name: row.name,
    displayName: row.displayName,
    type: row.type,
    enabled: row.enabled,
    baseUrl: row.baseUrl,
    credentialKind: row.credentialKind,
    credentials,
    settings: Object.entries(storedSettings(row.settings)).map(([name, value]) => ({ name, value })),
    status,
    statusReasons: reasons,
    endpoints: endpointStatuses(scopeOf(row), row.checks),
    secret: credentials.find(({ slot }) => slot === 'api_key')?.secret ?? null,
    passthrough: row.passthrough,
    environments: row.environments,
    models: row.models,
    recordInputs: row.recordInputs,
    recordOutputs: row.recordOutputs,
    recording: storedRecording(row),
    onClientClose: row.onClientClose as ClientClosePolicy | null,
    drainSeconds: row.drainMs / 1_000,
    usageFallback: row.usageFallback as UsageFallback,
    proxyUrl: `${proxyUrlPrefix}${row.name}`,
    revision: row.revision,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    deletedAt: row.deletedAt,
  };
}
