'use client';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { CodeBlock } from '@/components/ui/code-block';
import { CopyField } from '@/components/ui/copy-button';
import { curlExample } from './curl-example';

/** The token, once, with a question that works. It is held by the dialog alone and gone with it. */
export function CreatedToken({ secret, onStored }: { secret: string; onStored: () => void }) {
  const [example] = useState(() => curlExample(window.location.origin, new Date()));
  const keep = `export WEIR_READ_TOKEN='${secret}'`;
  return (
    <div className="flex flex-col gap-5">
      <CopyField value={secret} label="Copy token" wrap />
      <CodeBlock
        label="Put it where the script reads it"
        snippets={[{ label: 'Put it where the script reads it', code: keep }]}
      />
      <CodeBlock label="Spend by model this month" snippets={[{ label: 'Spend by model this month', code: example }]} />
      <div className="flex justify-end">
        <Button variant="primary" onClick={onStored}>
          I have stored it
        </Button>
      </div>
    </div>
  );
}
