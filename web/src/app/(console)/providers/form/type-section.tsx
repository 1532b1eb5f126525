'use client';
import { useEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { TypeMark } from '../type-mark';
import { FormField } from './form-field';
import { FormSection } from './form-section';
import { typeOf } from './provider-type';
import { TypePicker } from './type-picker';
import type { ProviderForm } from './use-provider-form';

/** The types to choose from; once one is chosen, that one and the way back. */
export function TypeSection({ form }: { form: ProviderForm }) {
  const type = typeOf(form.values, form.context);
  const [isPicking, setPicking] = useState(type === undefined);
  const change = useRef<HTMLButtonElement>(null);
  const wasPicked = useRef(false);
  useEffect(() => {
    if (isPicking || !wasPicked.current) return;
    wasPicked.current = false;
    change.current?.focus({ preventScroll: true });
  }, [isPicking]);
  const take = (next: string) => {
    wasPicked.current = true;
    form.set({ type: next });
    setPicking(false);
  };
  return (
    <FormSection title="Provider type" description="Which API the upstream speaks. Cannot be changed later.">
      {type && !isPicking ? (
        <div data-field="type" className="flex items-center gap-3 rounded-md border border-line-2 py-2.5 pr-2.5 pl-3">
          <TypeMark type={type.type} className="size-8 text-[13px]" />
          <div className="min-w-0 flex-1">
            <div className="font-medium">{type.label}</div>
            <div className="text-table text-ink-2">{type.summary}</div>
          </div>
          <Button ref={change} size="sm" onClick={() => setPicking(true)}>
            Change
          </Button>
        </div>
      ) : (
        <FormField form={form} field="type" label={<span className="sr-only">Provider type</span>}>
          {(control) => (
            <TypePicker
              control={control}
              types={form.context.types}
              value={form.values.type}
              onChange={take}
              onCancel={type ? () => setPicking(false) : undefined}
              onBlur={() => form.leave('type')}
            />
          )}
        </FormField>
      )}
    </FormSection>
  );
}
