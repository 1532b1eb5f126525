'use client';
import { CopyButton } from '@/components/ui/copy-button';
import { ErrorState } from '@/components/ui/error-state';
import { Skeleton } from '@/components/ui/skeleton';
import { useData } from '@/graphql/use-data';
import { TURN_BODY } from '../queries';
import { bodyText } from './body-state';
import { curlOf } from './curl';
import { LongText } from './long-text';
import type { Turn } from './use-turns';

interface RawBodyProps {
  conversationId: string;
  turn: Turn;
  side: 'request' | 'response';
  proxyUrlPrefix: string;
}

/** A body as it was kept, in text; what is no text in base64. */
export function RawBody({ conversationId, turn, side, proxyUrlPrefix }: RawBodyProps) {
  const { data, problem, refetch } = useData(TURN_BODY, { id: conversationId, eventId: turn.eventId, side });
  const name = side === 'request' ? 'Raw request' : 'Raw answer';
  if (problem) return <ErrorState title={`${name} could not be loaded`} problem={problem} onRetry={refetch} />;
  if (!data) return <Skeleton className="h-24 w-full" />;
  const body = data.turnBody;
  if (body === null) return <p className="text-table text-ink-3">It is not stored any more.</p>;
  const text = body.text ?? body.base64;
  return (
    <section aria-label={name} className="rounded-md border border-line">
      <div className="flex flex-wrap items-center gap-2 border-b border-line px-3 py-1.5">
        <span className="text-caption font-medium">{name}</span>
        <span className="min-w-0 flex-1 text-caption text-ink-3">
          {bodyText(body.facts)}
          {body.text === null && text !== null && ' No text: shown in base64.'}
        </span>
        {text !== null && <CopyButton text={text} label={`Copy ${name.toLowerCase()}`} />}
        {side === 'request' && body.text !== null && body.facts.state !== 'truncated' && (
          <CopyButton
            withText
            label="Copy as curl"
            text={curlOf({
              proxyUrl: `${proxyUrlPrefix}${turn.provider}`,
              path: turn.path,
              contentType: body.facts.contentType,
              body: body.text,
            })}
          />
        )}
      </div>
      {text !== null && (
        <div className="max-h-[520px] overflow-auto px-3 py-2">
          <LongText label={name} text={text} mono />
        </div>
      )}
    </section>
  );
}
