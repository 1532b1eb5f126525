'use client';
import type { ComponentProps } from 'react';
import { Field } from '@/components/ui/field';
import type { Field as FieldName } from './problems';
import type { ProviderForm } from './use-provider-form';

type FormFieldProps = Omit<ComponentProps<typeof Field>, 'error'> & { form: ProviderForm; field: FieldName };

/** A field of the provider form: shows its complaint, and is found by name from the end of the form. */
export function FormField({ form, field, className, ...rest }: FormFieldProps) {
  return (
    <div data-field={field} className={className}>
      <Field {...rest} error={form.complaintOf(field)} />
    </div>
  );
}
