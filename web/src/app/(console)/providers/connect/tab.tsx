'use client';
import { fallbackModel } from '@weir/snippets';
import { useState } from 'react';
import { Banner } from '@/components/ui/banner';
import { CodeBlock } from '@/components/ui/code-block';
import { ComboboxOnDemand } from '@/components/ui/combobox-on-demand';
import { Field } from '@/components/ui/field';
import { Section } from '@/components/ui/section';
import type { Provider } from '../[name]/client';
import { useCatalog } from '../models/use-catalog';
import { Addresses } from './addresses';
import { Guides } from './guides';
import { snippetTarget } from './snippet-target';
import { TokenStep } from './token-step';

const ATTRIBUTION = [
  'x-weir-conversation: a-conversation-id',
  'x-weir-user: anna',
  'x-weir-agent: support-bot',
  'x-weir-tags: team=search,feature=summaries',
].join('\n');

export function ConnectTab({ provider }: { provider: Provider }) {
  const catalog = useCatalog(provider.models.length > 0 ? '' : provider.type);
  const choices = provider.models.length > 0 ? provider.models : catalog.models.map(({ id }) => id);
  const [chosen, setChosen] = useState<string | null>(null);
  const target = snippetTarget(provider, chosen ?? provider.models[0] ?? null);
  return (
    <div className="flex max-w-[1040px] flex-col gap-8">
      {!provider.enabled && (
        <Banner tone="attention" title="This provider is disabled">
          Until it is enabled, every call is refused with provider_disabled.
        </Banner>
      )}
      <div className="grid grid-cols-1 gap-8 lg:grid-cols-2">
        <TokenStep provider={provider} />
        <Section title="2. The address" className="max-lg:border-t lg:border-t-0 lg:pt-0">
          <Addresses target={target} />
        </Section>
      </div>
      <Section
        title="3. A client"
        description="Everything is filled in. The token is read from the environment, so nothing secret ends up in a file."
      >
        <Field label="Model" className="mb-5 max-w-80">
          {(control) => (
            <ComboboxOnDemand
              id={control.id}
              mono
              allowCustom
              value={target.model}
              onChange={setChosen}
              placeholder={fallbackModel(provider.type)}
              options={choices.map((id) => ({ value: id, label: id }))}
            />
          )}
        </Field>
        <Guides target={target} />
      </Section>
      <Section
        title="Attribution, if wanted"
        description="Request headers that say what a call was for. They are taken off before the upstream sees them."
      >
        <CodeBlock label="Attribution headers" snippets={[{ label: 'Request headers', code: ATTRIBUTION }]} />
      </Section>
    </div>
  );
}
