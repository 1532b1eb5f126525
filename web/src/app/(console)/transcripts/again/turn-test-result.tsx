import { CircleAlert, CircleCheck } from 'lucide-react';
import { CodeBlock } from '@/components/ui/code-block';
import { count, duration } from '@/format';
import type { ResultOf } from '@/graphql/graphql';
import { messageText } from '../conversation/diff/message-text';
import { LongText } from '../conversation/long-text';
import type { TEST_TURN } from './queries';

/** How the call went, what the model said, what the upstream said went wrong. */
export function TurnTestResult({ result }: { result: ResultOf<typeof TEST_TURN>['testTurn'] }) {
  const { ok, summary, status, latencyMs, code, upstreamError, messages, isWhole, inputTokens, outputTokens } = result;
  const Icon = ok ? CircleCheck : CircleAlert;
  const facts = [
    status !== null && `HTTP ${status}`,
    latencyMs !== null && duration(latencyMs),
    (inputTokens !== null || outputTokens !== null) && `${count(inputTokens)} in, ${count(outputTokens)} out`,
    code,
  ].filter((fact) => fact !== false && fact !== null);
  return (
    <>
      <div className="flex gap-2.5">
        <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${ok ? 'text-green' : 'text-red'}`} />
        <div className="min-w-0">
          <p className="break-words">{summary}</p>
          <p className="figures mt-0.5 font-mono text-caption text-ink-3">{facts.join(' · ')}</p>
        </div>
      </div>
      {messages.map((json) => (
        <div key={json} className="border-l-2 border-ink-3 pl-3">
          <div className="mb-1 text-caption font-medium">Assistant</div>
          <LongText label="Answer" text={messageText(json)} />
        </div>
      ))}
      {messages.length > 0 && !isWhole && <p className="text-table text-ink-3">The answer was not read to its end.</p>}
      {upstreamError && (
        <CodeBlock
          label="What the upstream answered"
          maxHeight={180}
          snippets={[{ label: 'What the upstream answered', code: upstreamError }]}
        />
      )}
    </>
  );
}
