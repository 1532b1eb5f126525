import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { Prisma } from '@weir/prisma';
import type { ProviderTypeDefinition } from '@weir/providers';
import { DateTime } from '../platform/scalars.js';
import { SecretType, toSecretType, WITH_USERS } from '../secrets/secrets.types.js';

@ObjectType('ProviderType')
export class ProviderTypeType {
  @Field(() => String)
  type: string;

  @Field(() => String)
  label: string;

  @Field(() => String)
  summary: string;

  @Field(() => String, { nullable: true })
  defaultBaseUrl: string | null;

  @Field(() => Boolean)
  credentialRequired: boolean;

  @Field(() => String)
  suggestedSecretId: string;

  @Field(() => Boolean)
  supportsPassthrough: boolean;
}

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

export const WITH_SECRET = { secret: { include: WITH_USERS } } as const;
export type ProviderRow = Prisma.ProviderGetPayload<{ include: typeof WITH_SECRET }>;

/** What may leave: named field by field, so that the sealed credential never slips through. */
export function toProviderObject(row: ProviderRow, proxyUrlPrefix: string): ProviderObject {
  return {
    id: row.id,
    projectId: row.projectId,
    name: row.name,
    displayName: row.displayName,
    type: row.type,
    enabled: row.enabled,
    baseUrl: row.baseUrl,
    secret: row.secret && toSecretType(row.secret),
    passthrough: row.passthrough,
    environments: row.environments,
    models: row.models,
    recordInputs: row.recordInputs,
    recordOutputs: row.recordOutputs,
    proxyUrl: `${proxyUrlPrefix}${row.name}`,
    revision: row.revision,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    deletedAt: row.deletedAt,
  };
}

export function toProviderTypeType(definition: ProviderTypeDefinition): ProviderTypeType {
  const { type, label, summary, defaultBaseUrl, suggestedSecretId, supportsPassthrough } = definition;
  const credentialRequired = definition.credential === 'required';
  return { type, label, summary, defaultBaseUrl, credentialRequired, suggestedSecretId, supportsPassthrough };
}
