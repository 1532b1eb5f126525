'use client';
import { CircleAlert, CircleCheck, PlugZap } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { CodeBlock } from '@/components/ui/code-block';
import { Combobox } from '@/components/ui/combobox';
import { ProblemNote } from '@/components/ui/error-state';
import { Field } from '@/components/ui/field';
import { duration, plural } from '@/format';
import type { ResultOf, VariablesOf } from '@/graphql/graphql';
import { useAction } from '@/graphql/use-action';
import { TEST_CONNECTION } from '../queries';

type Target = Omit<VariablesOf<typeof TEST_CONNECTION>['input'], 'model'>;
type Result = ResultOf<typeof TEST_CONNECTION>['testConnection'];

interface ConnectionTestPanelProps {
  /** What to test: a stored provider by name, or the form's settings as a draft. */
  target: Target;
  /** Offered first; any other id can be typed. */
  models: readonly string[];
  /** What must be filled in before a test makes sense; empty when it can run. */
  needed?: readonly string[];
  /** Takes over the models the upstream listed. */
  onUseModels?: (models: readonly string[]) => void;
}

/** Makes one real call to the upstream and says how it went. */
export function ConnectionTestPanel({ target, models, needed = [], onUseModels }: ConnectionTestPanelProps) {
  const [model, setModel] = useState<string | null>(null);
  const test = useAction(TEST_CONNECTION);
  const [result, setResult] = useState<Result | null>(null);

  const run = async () => {
    const answer = await test.run({ input: { ...target, ...(model === null ? {} : { model }) } });
    setResult(answer?.testConnection ?? null);
  };
  return (
    <div className="flex max-w-[720px] flex-col gap-4">
      <div className="flex flex-wrap items-end gap-2">
        <Field label="Model" className="w-full sm:w-72">
          {(control) => (
            <Combobox
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
          Test connection
        </Button>
        {needed.length > 0 && <span className="pb-1.5 text-table text-ink-3">Needs {needed.join(', ')}</span>}
      </div>
      <div aria-live="polite" className="flex flex-col gap-3 empty:hidden">
        {test.problem && <ProblemNote problem={test.problem} />}
        {result && !test.problem && <TestResult result={result} {...(onUseModels ? { onUseModels } : {})} />}
      </div>
    </div>
  );
}

function TestResult({ result, onUseModels }: { result: Result; onUseModels?: (models: readonly string[]) => void }) {
  const Icon = result.ok ? CircleCheck : CircleAlert;
  const facts = [
    result.status !== null && `HTTP ${result.status}`,
    result.latencyMs !== null && duration(result.latencyMs),
    result.model,
    result.code,
  ].filter((fact) => fact !== false && fact !== null);
  return (
    <>
      <div className="flex gap-2.5">
        <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${result.ok ? 'text-green' : 'text-red'}`} />
        <div className="min-w-0">
          <p className="break-words">{result.summary}</p>
          <p className="figures mt-0.5 font-mono text-caption text-ink-3">{facts.join(' · ')}</p>
        </div>
      </div>
      {result.upstreamError && (
        <CodeBlock
          label="What the upstream answered"
          maxHeight={180}
          snippets={[{ label: 'What the upstream answered', code: result.upstreamError }]}
        />
      )}
      {result.models && result.models.length > 0 && (
        <div className="flex flex-wrap items-center gap-2 text-table text-ink-2">
          The upstream offers {plural(result.models.length, 'model')}.
          {onUseModels && (
            <Button size="sm" onClick={() => onUseModels(result.models ?? [])}>
              Expose exactly these
            </Button>
          )}
        </div>
      )}
      <details className="group">
        <summary className="w-fit text-table text-ink-2 hover:text-ink">The same call with curl</summary>
        <CodeBlock className="mt-2" label="Equivalent curl" snippets={[{ label: 'curl', code: result.curl }]} />
      </details>
    </>
  );
}
