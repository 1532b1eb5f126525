'use client';
import { exportToken } from '@weir/snippets';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { CodeBlock } from '@/components/ui/code-block';
import { CopyField } from '@/components/ui/copy-button';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/select';
import { ClientSnippets } from '../../providers/connect/client-snippets';
import type { TokenProvider } from './token-dialog.types';

interface CreatedTokenProps {
  value: string;
  /** Providers the token opens; the code is made for one of them. */
  openTo: readonly TokenProvider[];
  onStored: () => void;
}

/** The token, once, with code that uses it. It is held by this component alone and gone with it. */
export function CreatedToken({ value, openTo, onStored }: CreatedTokenProps) {
  const [chosen, setChosen] = useState(openTo.find(({ enabled }) => enabled)?.name ?? openTo[0]?.name ?? null);
  const provider = openTo.find(({ name }) => name === chosen);
  return (
    <div className="flex flex-col gap-5">
      <CopyField value={value} label="Copy token" wrap />
      <CodeBlock
        label="Put it where the code reads it"
        snippets={[{ label: 'Put it where the code reads it', code: exportToken(value) }]}
      />
      {provider ? (
        <>
          <Field label="Code for provider" className="max-w-80">
            {(control) => (
              <Select
                id={control.id}
                className="w-full"
                value={chosen}
                onChange={setChosen}
                options={openTo.map(({ name, displayName, enabled }) => ({
                  value: name,
                  label: enabled ? displayName : `${displayName} (disabled)`,
                }))}
              />
            )}
          </Field>
          <ClientSnippets target={{ ...provider, model: provider.models[0] ?? null }} />
        </>
      ) : (
        <p className="text-ink-2">
          No provider is open to this token yet. Create one, and its Connect tab has the code.
        </p>
      )}
      <div className="flex justify-end">
        <Button variant="primary" onClick={onStored}>
          I have stored it
        </Button>
      </div>
    </div>
  );
}
