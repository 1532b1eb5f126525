'use client';
import { PlugZap } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useEffect, useState } from 'react';
import { Button } from '@/components/ui/button';
import { ComboboxOnDemand } from '@/components/ui/combobox-on-demand';
import { ProblemNote } from '@/components/ui/error-state';
import { Field } from '@/components/ui/field';
import type { ResultOf, VariablesOf } from '@/graphql/graphql';
import type { Problem } from '@/graphql/problem';
import { useAction } from '@/graphql/use-action';
import { TEST_CONNECTION } from '../queries';

// Shown only after a test, which takes longer than fetching them.
const TestResult = dynamic(() => import('./test-result').then((room) => room.TestResult));
const DiscoveredModels = dynamic(() => import('./discovered-models').then((room) => room.DiscoveredModels));

type Target = Omit<VariablesOf<typeof TEST_CONNECTION>['input'], 'model'>;
export type ConnectionTest = ResultOf<typeof TEST_CONNECTION>['testConnection'];

interface ConnectionTestPanelProps {
  /** What to test: a stored provider by name, or the form's settings as a draft. */
  target: Target;
  /** Offered first; any other id can be typed. */
  models: readonly string[];
  /** Chosen to begin with. */
  initialModel?: string | null;
  /** What must be filled in before a test makes sense; empty when it can run. */
  needed?: readonly string[];
  /** The control plane would not test this: puts its complaints on the fields. */
  onRefused?: (problem: Problem) => void;
  /** Models of the form, and the way to choose among those the upstream listed. */
  chosen?: readonly string[];
  onChoose?: (models: readonly string[]) => void;
  buttonLabel?: string;
  onTested?: () => void;
}

/** Makes one real call to the upstream and says how it went. */
export function ConnectionTestPanel(props: ConnectionTestPanelProps) {
  const {
    target,
    models,
    initialModel = null,
    needed = [],
    onRefused,
    chosen,
    onChoose,
    buttonLabel = 'Test connection',
    onTested,
  } = props;
  const [model, setModel] = useState(initialModel);
  const test = useAction(TEST_CONNECTION);
  const [result, setResult] = useState<ConnectionTest | null>(null);
  const { problem } = test;
  useEffect(() => {
    if (problem && Object.keys(problem.fields).length > 0) onRefused?.(problem);
  }, [problem, onRefused]);

  const run = async () => {
    const answer = await test.run({ input: { ...target, ...(model === null ? {} : { model }) } });
    setResult(answer?.testConnection ?? null);
    onTested?.();
  };
  return (
    <div className="flex max-w-[720px] flex-col gap-4">
      <div className="flex flex-wrap items-end gap-2">
        <Field label="Model" className="w-full sm:w-72">
          {(control) => (
            <ComboboxOnDemand
              id={control.id}
              mono
              allowCustom
              placeholder="none: list the models"
              emptyText="Type any model id."
              value={model}
              onChange={setModel}
              options={models.map((id) => ({ value: id, label: id }))}
            />
          )}
        </Field>
        <Button
          icon={<PlugZap aria-hidden />}
          loading={test.running}
          disabled={needed.length > 0}
          onClick={() => void run()}
        >
          {buttonLabel}
        </Button>
        {needed.length > 0 && <span className="pb-1.5 text-table text-ink-3">Needs {needed.join(', ')}</span>}
      </div>
      <div aria-live="polite" className="flex flex-col gap-3 empty:hidden">
        {problem && <ProblemNote problem={problem} />}
        {result && !problem && <TestResult result={result} />}
      </div>
      {result?.models && result.models.length > 0 && !problem && (
        <DiscoveredModels ids={result.models} chosen={chosen} onChoose={onChoose} />
      )}
    </div>
  );
}
