'use client';
import { Plus, Trash2 } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { IconButton } from '@/components/ui/icon-button';
import { Input } from '@/components/ui/input';
import { FormField } from '../form/form-field';
import type { ProviderForm } from '../form/use-provider-form';
import { type PatternDraft, patternField } from './settings';

const MAX_PATTERNS = 32;

/** Own patterns, a row each; the control plane says of each whether it can be used. */
export function PatternRows({ form }: { form: ProviderForm }) {
  const patterns = form.values.redactPatterns;
  const change = (key: number, part: Partial<PatternDraft>) =>
    form.set({ redactPatterns: patterns.map((row) => (row.key === key ? { ...row, ...part } : row)) });
  const add = () => {
    const key = Math.max(-1, ...patterns.map((row) => row.key)) + 1;
    form.set({ redactPatterns: [...patterns, { key, name: '', pattern: '' }] });
  };
  return (
    <div className="flex flex-col gap-3">
      {patterns.map(({ key, name, pattern }, index) => (
        <div key={key} className="flex flex-wrap items-start gap-x-3 gap-y-2">
          <FormField
            form={form}
            field={patternField(index, 'name')}
            label={`Name of pattern ${index + 1}`}
            className="min-w-36 flex-1"
          >
            {(control) => (
              <Input
                {...control}
                mono
                placeholder="customer_id"
                value={name}
                onChange={(event) => change(key, { name: event.target.value })}
                onBlur={() => form.leave(patternField(index, 'name'))}
              />
            )}
          </FormField>
          <FormField
            form={form}
            field={patternField(index, 'pattern')}
            label={`Pattern ${index + 1}`}
            className="min-w-48 flex-[2]"
          >
            {(control) => (
              <Input
                {...control}
                mono
                placeholder="\bC-[0-9]{6}\b"
                maxLength={512}
                value={pattern}
                onChange={(event) => change(key, { pattern: event.target.value })}
                onBlur={() => form.leave(patternField(index, 'pattern'))}
              />
            )}
          </FormField>
          <span className="pt-[26px]">
            <IconButton
              label={`Remove pattern ${index + 1}`}
              icon={<Trash2 aria-hidden />}
              onClick={() => form.set({ redactPatterns: patterns.filter((row) => row.key !== key) })}
            />
          </span>
        </div>
      ))}
      <span>
        <Button size="sm" icon={<Plus aria-hidden />} disabled={patterns.length >= MAX_PATTERNS} onClick={add}>
          Add a pattern
        </Button>
      </span>
    </div>
  );
}
