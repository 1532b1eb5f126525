'use client';
import { exportToken, TOKEN_PLACEHOLDER } from '@weir/snippets';
import { useState } from 'react';
import { useCan } from '@/components/frame/viewer';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { CodeBlock } from '@/components/ui/code-block';
import { CopyField } from '@/components/ui/copy-button';
import { Section } from '@/components/ui/section';
import type { Provider } from '../[name]/client';
import { InlineTokenForm } from './inline-token-form';

/** An app's token: one it has, or one made here and shown this once. */
export function TokenStep({ provider }: { provider: Provider }) {
  const canWrite = useCan('app.write');
  const [isCreating, setCreating] = useState(false);
  const [value, setValue] = useState<string | null>(null);
  return (
    <Section
      className="border-t-0 pt-0"
      title="1. A token"
      description={
        provider.passthrough
          ? 'Each app presents a token of its own, beside the upstream key it keeps.'
          : 'Each app presents a token of its own in place of the upstream key.'
      }
      actions={
        canWrite &&
        !isCreating &&
        value === null && (
          <Button size="sm" onClick={() => setCreating(true)}>
            Create a token here
          </Button>
        )
      }
    >
      {isCreating && value === null ? (
        <InlineTokenForm
          provider={provider}
          onCancel={() => setCreating(false)}
          onCreated={(token) => {
            setValue(token);
            setCreating(false);
          }}
        />
      ) : (
        <div className="flex flex-col gap-3">
          {value !== null && (
            <>
              <Banner title="Store this token now">
                It is shown this once. It is gone when you leave this tab; afterwards only its beginning can be seen.
              </Banner>
              <CopyField value={value} label="Copy token" wrap />
            </>
          )}
          <CodeBlock
            label="Token"
            snippets={[
              { label: 'Put it where everything below reads it', code: exportToken(value ?? TOKEN_PLACEHOLDER) },
            ]}
          />
          {value === null && (
            <p className="text-table text-ink-3">
              {canWrite
                ? 'Put in a token that an app has already, or create one.'
                : 'Put in a token of your app. An admin or an engineer creates them under Apps.'}
            </p>
          )}
        </div>
      )}
    </Section>
  );
}
