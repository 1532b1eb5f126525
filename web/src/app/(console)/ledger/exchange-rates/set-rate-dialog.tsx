'use client';
import { useEffect } from 'react';
import { useForm } from '@/components/form/use-form';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { FormFooter } from '@/components/ui/form-footer';
import { Input } from '@/components/ui/input';
import { toast } from '@/components/ui/toast';
import { usd } from '@/format';
import { useAction } from '@/graphql/use-action';
import { fromField, secondOf, toField } from '../utc-field';
import { type ValidFrom, ValidFromField, validFromProblem } from '../valid-from-field';
import { rateInForce } from './in-force';
import { type ExchangeRate, SET_EXCHANGE_RATE } from './queries';
import { currencyOf, currencyProblem, hundredUnits, looksInverted, rateProblem } from './rate-draft';

interface SetRateDialogProps {
  open: boolean;
  rates: readonly ExchangeRate[];
  onClose: () => void;
}

export function SetRateDialog({ open, rates, onClose }: SetRateDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title="Set exchange rate"
      description="It counts until a later one begins; what is booked stays as it is."
    >
      {open && <SetRateForm rates={rates} onClose={onClose} />}
    </Dialog>
  );
}

interface Values {
  currency: string;
  usdPerUnit: string;
  validFrom: ValidFrom;
}

const INITIAL: Values = { currency: '', usdPerUnit: '', validFrom: null };
const required = () => ({ currency: 'currency', usdPerUnit: 'rate' });
const validate = ({ currency, usdPerUnit, validFrom }: Values) => ({
  currency: currencyProblem(currency),
  usdPerUnit: rateProblem(usdPerUnit),
  validFrom: validFromProblem(validFrom),
});

function SetRateForm({ rates, onClose }: Omit<SetRateDialogProps, 'open'>) {
  const form = useForm<Values>({ initial: INITIAL, required, validate });
  const save = useAction(SET_EXCHANGE_RATE);
  const { refuse, values } = form;
  useEffect(() => {
    if (save.problem) refuse(save.problem.fields);
  }, [save.problem, refuse]);
  const currency = currencyOf(values.currency);
  const last = rateInForce(rates, currency);
  const hundred = hundredUnits(values.usdPerUnit);
  const from = values.validFrom === null ? null : fromField(values.validFrom);
  const isPast = from !== null && from < new Date();

  const submit = async () => {
    const variables = { currency, usdPerUnit: values.usdPerUnit.trim(), validFrom: from?.toISOString() ?? null };
    if (!(await save.run(variables, { additionalTypenames: ['ExchangeRate'] }))) return;
    toast(`1 ${currency} is ${variables.usdPerUnit} USD`);
    onClose();
  };
  return (
    <form
      className="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        if (form.missing.length === 0 && !save.running) void submit();
      }}
    >
      <div className="grid gap-4 sm:grid-cols-[128px_minmax(0,1fr)]">
        <Field label="Currency" required error={form.errorOf('currency')}>
          {(control) => (
            <Input {...control} mono autoFocus maxLength={3} placeholder="EUR" {...form.text('currency')} />
          )}
        </Field>
        <Field
          label="USD for one unit"
          required
          error={form.errorOf('usdPerUnit')}
          help={
            hundred === null ? (
              last && `In force: 1 ${currency} is ${last.usdPerUnit} USD.`
            ) : looksInverted(values.usdPerUnit, last?.usdPerUnit ?? null) ? (
              <span className="text-amber">
                100 {currency} would be {usd(hundred)}. The rate in force is {last?.usdPerUnit}: is this one upside
                down?
              </span>
            ) : (
              `100 ${currency || 'units'} are ${usd(hundred)}.`
            )
          }
        >
          {(control) => (
            <Input
              {...control}
              inputMode="decimal"
              className="figures"
              placeholder="1.0842"
              {...form.text('usdPerUnit')}
            />
          )}
        </Field>
      </div>
      <ValidFromField
        value={values.validFrom}
        onChange={(validFrom) => form.set('validFrom', validFrom)}
        suggested={toField(secondOf(new Date()))}
        error={form.errorOf('validFrom')}
        help={
          isPast
            ? 'In the past: what is booked already does not change until it is restated.'
            : 'Counts for calls that begin from now on.'
        }
      />
      <FormFooter
        submitLabel="Set rate"
        missing={form.missing}
        running={save.running}
        problem={Object.keys(save.problem?.fields ?? {}).length > 0 ? null : save.problem}
        onCancel={onClose}
      />
    </form>
  );
}
