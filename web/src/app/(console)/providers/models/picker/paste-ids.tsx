'use client';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Textarea } from '@/components/ui/input';
import { plural } from '@/format';
import { modelsProblem, parseModelIds } from '../../form/model-ids';

/** A list from elsewhere, taken over as it is. */
export function PasteIds({ onAdd }: { onAdd: (ids: readonly string[]) => void }) {
  const [text, setText] = useState('');
  const ids = parseModelIds(text);
  const problem = modelsProblem(ids);
  return (
    <Field label="Model ids" help="One a line. Commas and list marks are fine too." error={problem}>
      {(control) => (
        <div className="flex flex-col items-start gap-2">
          <Textarea
            {...control}
            autoFocus
            mono
            rows={5}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <Button size="sm" disabled={ids.length === 0 || problem !== null} onClick={() => onAdd(ids)}>
            {ids.length === 0 ? 'Add' : `Add ${plural(ids.length, 'model')}`}
          </Button>
        </div>
      )}
    </Field>
  );
}
