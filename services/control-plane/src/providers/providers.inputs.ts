import { Field, InputType, Int, registerEnumType } from '@nestjs/graphql';
import { ClientClosePolicy, UsageFallback } from './client-close.types.js';
import { ProviderCredentialInput, SettingInput } from './credential.types.js';
import { RecordingSettingsInput } from './recording/recording.types.js';
import { ProviderStatus } from './status/status.types.js';

export enum ProviderSort {
  name = 'name',
  type = 'type',
  updatedAt = 'updatedAt',
  spend = 'spend',
}
registerEnumType(ProviderSort, { name: 'ProviderSort', description: '`spend` is that of the last seven days.' });

@InputType()
export class ProviderFilter {
  @Field(() => String, { nullable: true })
  search?: string | null;

  @Field(() => [String], { nullable: true })
  types?: string[] | null;

  @Field(() => Boolean, { nullable: true })
  enabled?: boolean | null;

  @Field(() => Boolean, { nullable: true })
  includeDeleted?: boolean | null;

  @Field(() => String, { nullable: true, description: 'Active in this environment.' })
  environment?: string | null;

  @Field(() => String, { nullable: true, description: 'Exposes this model: lists it, or lists none.' })
  model?: string | null;

  @Field(() => [String], { nullable: true })
  credentialKinds?: string[] | null;

  @Field(() => [ProviderStatus], { nullable: true })
  statuses?: ProviderStatus[] | null;
}

@InputType({
  description:
    'Name and type are immutable. `secretValue` creates the secret inline, or confirms an existing one for a new origin.',
})
export class CreateProviderInput {
  @Field(() => String)
  name: string;

  @Field(() => String)
  displayName: string;

  @Field(() => String)
  type: string;

  @Field(() => String, { nullable: true })
  baseUrl?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Left out: what the secrets given go with, else the default of the type.',
  })
  credentialKind?: string | null;

  @Field(() => [ProviderCredentialInput], { nullable: true })
  credentials?: ProviderCredentialInput[] | null;

  @Field(() => [SettingInput], { nullable: true })
  settings?: SettingInput[] | null;

  @Field(() => String, { nullable: true, description: 'Short for the secret in slot `api_key`.' })
  secretId?: string | null;

  @Field(() => String, { nullable: true })
  secretValue?: string | null;

  @Field(() => Boolean, { nullable: true, defaultValue: false })
  passthrough?: boolean | null;

  @Field(() => [String], { nullable: true })
  environments?: string[] | null;

  @Field(() => [String], { nullable: true })
  models?: string[] | null;

  @Field(() => Boolean, { nullable: true, defaultValue: true })
  enabled?: boolean | null;

  @Field(() => Boolean, { nullable: true, defaultValue: false })
  recordInputs?: boolean | null;

  @Field(() => Boolean, { nullable: true, defaultValue: false })
  recordOutputs?: boolean | null;

  @Field(() => RecordingSettingsInput, { nullable: true })
  recording?: RecordingSettingsInput | null;

  @Field(() => ClientClosePolicy, { nullable: true, description: 'Left out: as the type does.' })
  onClientClose?: ClientClosePolicy | null;

  @Field(() => Int, { nullable: true, description: 'How long an answer is read on at most; left out: 30.' })
  drainSeconds?: number | null;

  @Field(() => UsageFallback, { nullable: true, description: 'Left out: NONE.' })
  usageFallback?: UsageFallback | null;
}

@InputType({ description: 'A field left out stays as it is; `secretId: null` takes the secret off.' })
export class UpdateProviderInput {
  @Field(() => String)
  name: string;

  @Field(() => Int, { description: 'The revision the change was made from.' })
  revision: number;

  @Field(() => String, { nullable: true })
  displayName?: string | null;

  @Field(() => String, { nullable: true })
  baseUrl?: string | null;

  @Field(() => String, { nullable: true, description: 'Left out: as it is.' })
  credentialKind?: string | null;

  @Field(() => [ProviderCredentialInput], { nullable: true })
  credentials?: ProviderCredentialInput[] | null;

  @Field(() => [SettingInput], { nullable: true, description: 'Replace all settings there are.' })
  settings?: SettingInput[] | null;

  @Field(() => String, { nullable: true, description: 'Short for the secret in slot `api_key`.' })
  secretId?: string | null;

  @Field(() => String, { nullable: true })
  secretValue?: string | null;

  @Field(() => Boolean, { nullable: true })
  passthrough?: boolean | null;

  @Field(() => [String], { nullable: true })
  environments?: string[] | null;

  @Field(() => [String], { nullable: true })
  models?: string[] | null;

  @Field(() => Boolean, { nullable: true })
  enabled?: boolean | null;

  @Field(() => Boolean, { nullable: true })
  recordInputs?: boolean | null;

  @Field(() => Boolean, { nullable: true })
  recordOutputs?: boolean | null;

  @Field(() => RecordingSettingsInput, { nullable: true })
  recording?: RecordingSettingsInput | null;

  @Field(() => ClientClosePolicy, { nullable: true, description: 'null: as the type does.' })
  onClientClose?: ClientClosePolicy | null;

  @Field(() => Int, { nullable: true, description: 'How long an answer is read on at most.' })
  drainSeconds?: number | null;

  @Field(() => UsageFallback, { nullable: true })
  usageFallback?: UsageFallback | null;
}
