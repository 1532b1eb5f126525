'use client';
import { useState } from 'react';
import { ButtonLink } from '@/components/ui/button';
import { CodeBlock } from '@/components/ui/code-block';
import { Combobox } from '@/components/ui/combobox';
import { CopyField } from '@/components/ui/copy-button';
import { Field } from '@/components/ui/field';
import { Section } from '@/components/ui/section';
import { useCatalog } from '../models/use-catalog';
import { ClientSnippets } from './client-snippets';
import { exportToken, fallbackModel, sdkBaseUrl, TOKEN_PLACEHOLDER } from './snippets';

interface ConnectTabProps {
  provider: {
    readonly type: string;
    readonly proxyUrl: string;
    readonly passthrough: boolean;
    readonly models: readonly string[];
  };
}

const ATTRIBUTION = [
  'x-weir-conversation: a-conversation-id',
  'x-weir-user: anna',
  'x-weir-agent: support-bot',
  'x-weir-tags: team=search,feature=summaries',
].join('\n');

export function ConnectTab({ provider }: ConnectTabProps) {
  const catalog = useCatalog(provider.models.length > 0 ? '' : provider.type);
  const choices = provider.models.length > 0 ? provider.models : catalog.models.map(({ id }) => id);
  const [chosen, setChosen] = useState<string | null>(null);
  const model = chosen ?? provider.models[0] ?? null;
  return (
    <div className="flex max-w-[720px] flex-col gap-8">
      <Section
        className="border-t-0 pt-0"
        title="1. A token"
        description={
          provider.passthrough
            ? 'Each app presents a token of its own, beside the upstream key it keeps.'
            : 'Each app presents a token of its own in place of the upstream key.'
        }
        actions={
          <ButtonLink href="/apps" size="sm">
            Create a token under Apps
          </ButtonLink>
        }
      >
        <CodeBlock
          label="Token"
          snippets={[{ label: 'Put it where the code below reads it', code: exportToken(TOKEN_PLACEHOLDER) }]}
        />
      </Section>
      <Section
        title="2. The base URL"
        description="All that changes in code that works already, together with the token."
      >
        <CopyField value={sdkBaseUrl(provider.type, provider.proxyUrl)} label="Copy base URL" />
      </Section>
      <Section title="3. A first call">
        <Field label="Model" className="mb-4 max-w-80">
          {(control) => (
            <Combobox
              id={control.id}
              mono
              allowCustom
              value={model}
              onChange={setChosen}
              placeholder={fallbackModel(provider.type)}
              options={choices.map((id) => ({ value: id, label: id }))}
            />
          )}
        </Field>
        <ClientSnippets target={{ ...provider, model }} />
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
