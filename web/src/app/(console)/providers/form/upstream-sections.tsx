import { ModelsSection } from '../models/models-section';
import { RecordingSection } from '../recording/recording-section';
import { ConnectionSection } from './connection-section';
import { CredentialSection } from './credential-section';
import { EnvironmentsSection } from './environments-section';
import { TestSection } from './test-section';
import { UsageSection } from './usage-section';
import type { ProviderForm } from './use-provider-form';

/** Everything of a provider that can be changed at any time; a new one is asked for it just as a stored one is. */
export function UpstreamSections({ form }: { form: ProviderForm }) {
  return (
    <>
      <ConnectionSection form={form} />
      <CredentialSection form={form} />
      <TestSection form={form} />
      <div data-field="models" className="[&>section]:border-t! [&>section]:pt-6!">
        <ModelsSection form={form} />
      </div>
      <EnvironmentsSection form={form} />
      <UsageSection form={form} />
      <RecordingSection form={form} />
    </>
  );
}
