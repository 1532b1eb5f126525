import { CircleAlert, CircleCheck } from 'lucide-react';
import { CodeBlock } from '@/components/ui/code-block';
import { duration } from '@/format';
import type { ConnectionTest } from './panel';

/** How the call went, what to check, what the upstream said itself, and the same call to repeat by hand. */
export function TestResult({ result }: { result: ConnectionTest }) {
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
      <details className="group">
        <summary className="w-fit text-table text-ink-2 hover:text-ink">The same call with curl</summary>
        <CodeBlock className="mt-2" label="Equivalent curl" snippets={[{ label: 'curl', code: result.curl }]} />
      </details>
    </>
  );
}
