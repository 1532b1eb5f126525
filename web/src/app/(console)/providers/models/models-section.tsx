'use client';
import { ListPlus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Combobox } from '@/components/ui/combobox';
import { Field } from '@/components/ui/field';
import { Textarea } from '@/components/ui/input';
import { plural } from '@/format';
import { FormSection } from '../form/form-section';
import { parseModelIds } from '../form/model-ids';
import type { ProviderForm } from '../form/use-provider-form';
import { ModelList } from './model-list';
import { rateLine } from './rates';
import { useCatalog } from './use-catalog';

export function ModelsSection({ form }: { form: ProviderForm }) {
  const { models } = form.values;
  const catalog = useCatalog(form.values.type);
  const [pasting, setPasting] = useState(false);
  const add = (ids: readonly string[]) => form.set({ models: [...new Set([...models, ...ids])] });
  if (form.values.type === '') return null;

  return (
    <FormSection
      title="Models"
      description="Apps may call only these. While the list is empty, every model the upstream offers may be called."
    >
      <Field
        label="Add a model"
        error={form.complaintOf('models')}
        help={
          catalog.models.length > 0
            ? `Choose from ${plural(catalog.models.length, 'published model')}, or type any other id.`
            : 'Type the exact id your upstream uses.'
        }
      >
        {(control) => (
          <div className="flex flex-wrap gap-2">
            <Combobox
              // A new input for each added model: it starts empty again.
              key={models.length}
              id={control.id}
              aria-describedby={control['aria-describedby']}
              aria-invalid={control['aria-invalid']}
              className="min-w-56 flex-1"
              mono
              allowCustom
              placeholder="Search, or type an id"
              emptyText="Type the exact id your upstream uses."
              value={null}
              onChange={(id) => id && add([id])}
              onBlur={() => form.leave('models')}
              options={catalog.models
                .filter((model) => !models.includes(model.id))
                .map((model) => ({ value: model.id, label: model.id, hint: rateLine(model) }))}
            />
            <Button icon={<ListPlus aria-hidden />} onClick={() => setPasting(!pasting)} aria-expanded={pasting}>
              Paste ids
            </Button>
          </div>
        )}
      </Field>
      {pasting && (
        <PasteIds
          onAdd={(ids) => {
            add(ids);
            setPasting(false);
          }}
        />
      )}
      <ModelList
        ids={models}
        catalog={catalog.byId}
        onRemove={(id) => form.set({ models: models.filter((model) => model !== id) })}
        onClear={() => form.set({ models: [] })}
      />
    </FormSection>
  );
}

function PasteIds({ onAdd }: { onAdd: (ids: readonly string[]) => void }) {
  const [text, setText] = useState('');
  const ids = parseModelIds(text);
  return (
    <Field label="Model ids" help="One a line. Commas and list marks are fine too.">
      {(control) => (
        <div className="flex flex-col items-start gap-2">
          <Textarea {...control} mono rows={5} value={text} onChange={(event) => setText(event.target.value)} />
          <Button size="sm" disabled={ids.length === 0} onClick={() => onAdd(ids)}>
            {ids.length === 0 ? 'Add' : `Add ${plural(ids.length, 'model')}`}
          </Button>
        </div>
      )}
    </Field>
  );
}
