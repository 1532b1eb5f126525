'use client';
import { Input } from '@/components/ui/input';
import { RadioCards } from '@/components/ui/radio-cards';
import { FormField } from './form-field';
import { FormSection } from './form-section';
import { typeOf } from './provider-type';
import { clientCloseOf } from './usage-rules';
import type { ProviderForm } from './use-provider-form';

/** What decides how sure the figures of this provider are. */
export function UsageSection({ form }: { form: ProviderForm }) {
  const { values, context } = form;
  const type = typeOf(values, context);
  const policy = clientCloseOf(values, context);
  const usual = type?.clientClose;
  return (
    <FormSection
      title="When an app hangs up, and when usage is missing"
      description="Both decide whether a call has figures of the upstream, an estimate, or none."
    >
      <FormField
        form={form}
        field="onClientClose"
        label="When the app hangs up"
        help={
          usual && (
            <>
              Default for {type.label}: {usual.policy === 'DRAIN' ? 'drain' : 'cancel'}. {usual.because}
            </>
          )
        }
        group
      >
        {() => (
          <RadioCards
            label="When the app hangs up"
            columns={2}
            value={policy}
            onChange={(chosen) => form.set({ onClientClose: chosen === usual?.policy ? null : chosen })}
            options={[
              {
                value: 'CANCEL',
                label: 'Cancel',
                description:
                  'The request to the upstream is broken off at once. What it had used by then may never be stated.',
              },
              {
                value: 'DRAIN',
                label: 'Drain',
                description: 'The answer is read to its end, so the usage is the upstream’s own. It is billed in full.',
              },
            ]}
          />
        )}
      </FormField>
      {policy === 'DRAIN' && (
        <FormField
          form={form}
          field="drainSeconds"
          label="Read on for at most, seconds"
          help="After that the request is cancelled all the same."
          required
        >
          {(control) => (
            <Input
              {...control}
              inputMode="numeric"
              className="figures w-28"
              value={values.drainSeconds}
              onChange={(event) => form.set({ drainSeconds: event.target.value })}
              onBlur={() => form.leave('drainSeconds')}
            />
          )}
        </FormField>
      )}
      <FormField form={form} field="usageFallback" label="When the upstream states no usage" group>
        {() => (
          <RadioCards
            label="When the upstream states no usage"
            columns={2}
            value={values.usageFallback}
            onChange={(usageFallback) => form.set({ usageFallback })}
            options={[
              {
                value: 'NONE',
                label: 'Leave it unknown',
                description: 'The call is unpriced: it is counted, and is in no sum of money.',
              },
              {
                value: 'ESTIMATED',
                label: 'Estimate it',
                description: 'Counted by a tokenizer within the model’s limits, and always marked as an estimate.',
              },
            ]}
          />
        )}
      </FormField>
    </FormSection>
  );
}
