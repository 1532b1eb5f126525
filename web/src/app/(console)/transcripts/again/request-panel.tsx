'use client';
import { Play, X } from 'lucide-react';
import Link from 'next/link';
import { useId, useMemo, useState } from 'react';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { ErrorState, ProblemNote } from '@/components/ui/error-state';
import { IconButton } from '@/components/ui/icon-button';
import { Textarea } from '@/components/ui/input';
import { Skeleton } from '@/components/ui/skeleton';
import { bytes, exactTime, plural } from '@/format';
import type { ResultOf } from '@/graphql/graphql';
import { useAction } from '@/graphql/use-action';
import { useData } from '@/graphql/use-data';
import { bodyText } from '../conversation/body-state';
import { TURN_BODY, TURN_OF_CONVERSATION } from '../queries';
import { visible } from '../visible';
import { type Prefill, prefillOf, problemOf } from './prefill';
import { TEST_TURN } from './queries';
import { TurnTestResult } from './turn-test-result';

/** As tall as it needs to be, and no taller than leaves the button in sight. */
const [MIN_ROWS, MAX_ROWS] = [6, 18];

export interface TurnName {
  readonly conversationId: string;
  readonly eventId: string;
}

type Turn = NonNullable<ResultOf<typeof TURN_OF_CONVERSATION>['turn']>;
type Body = NonNullable<ResultOf<typeof TURN_BODY>['turnBody']>;

/** The request of a recorded turn, to be changed and made once more. Nothing is sent before somebody says so. */
export function RequestPanel({ turn: { conversationId, eventId }, onClose }: { turn: TurnName; onClose: () => void }) {
  const named = useData(TURN_OF_CONVERSATION, { id: conversationId, eventId });
  const kept = useData(TURN_BODY, { id: conversationId, eventId, side: 'request' });
  const problem = named.problem ?? kept.problem;
  const retry = () => {
    named.refetch();
    kept.refetch();
  };
  const turn = named.data?.turn;
  const body = kept.data?.turnBody;
  return (
    <section aria-label="Request of a turn" className="mb-6 max-w-[960px] border-b border-line pb-6">
      <div className="mb-1 flex items-start gap-2">
        <h3 className="min-w-0 flex-1 text-section font-semibold">Run a turn again</h3>
        <IconButton size="sm" label="Leave this turn" icon={<X aria-hidden />} onClick={onClose} />
      </div>
      {problem && <ErrorState title="The request could not be loaded" problem={problem} onRetry={retry} />}
      {!problem && (turn === undefined || body === undefined) && <Skeleton className="h-64 w-full" />}
      {!problem && (turn === null || body === null) && (
        <p className="text-table text-ink-2">The turn is not stored any more.</p>
      )}
      {!problem && turn && body && <Request key={eventId} {...{ conversationId, turn, body }} />}
    </section>
  );
}

function Request({ conversationId, turn, body }: { conversationId: string; turn: Turn; body: Body }) {
  const { eventId } = turn;
  const prefill = useMemo(
    () => (body.text === null || body.facts.state === 'truncated' ? null : prefillOf(body.text)),
    [body],
  );
  const [text, setText] = useState(prefill?.text ?? '');
  const test = useAction(TEST_TURN);
  const [result, setResult] = useState<ResultOf<typeof TEST_TURN>['testTurn'] | null>(null);
  const label = useId();
  const problem = problemOf(text);
  const run = async () => {
    const answer = await test.run({ input: { conversationId, eventId, body: text } });
    setResult(answer?.testTurn ?? null);
  };
  return (
    <div className="flex flex-col gap-3">
      <p className="text-table text-ink-2">
        The request of the turn of{' '}
        <Link href={`/transcripts/${conversationId}#turn-${eventId}`} className="figures text-accent underline">
          {exactTime(turn.startedAt)}
        </Link>
        . {bodyText(body.facts)}
        {body.facts.state === 'redacted' && ' What was replaced is sent as it stands here.'}
      </p>
      <LeftOut body={body} prefill={prefill} />
      <div>
        <label htmlFor={label} className="mb-1.5 block text-table">
          <span className="font-medium">Body</span>{' '}
          <span className="font-mono text-caption break-all text-ink-3">POST {visible(turn.path)}</span>
        </label>
        <Textarea
          id={label}
          mono
          spellCheck={false}
          rows={Math.min(MAX_ROWS, Math.max(MIN_ROWS, text.split('\n').length + 1))}
          value={text}
          aria-invalid={text !== '' && problem !== null}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Button
          variant="primary"
          icon={<Play aria-hidden />}
          loading={test.running}
          disabled={problem !== null}
          onClick={() => void run()}
        >
          Run again
        </Button>
        <span className="min-w-0 flex-1 basis-64 text-caption text-ink-3">
          {text !== '' && problem !== null
            ? problem
            : 'A real call with the provider’s credential, at its price. It does not pass the proxy: it is in Audit, and in no figure of Cost & Usage.'}
        </span>
      </div>
      <div aria-live="polite" className="flex flex-col gap-3 empty:hidden">
        {test.problem && <ProblemNote problem={test.problem} />}
        {result && !test.problem && <TurnTestResult result={result} />}
      </div>
    </div>
  );
}

/** What of the request is not in the field, and why. */
function LeftOut({ body, prefill }: { body: Body; prefill: Prefill | null }) {
  if (prefill === null) {
    const isCut = body.facts.state === 'truncated' || body.text === null;
    return (
      <Banner tone="attention" title="The request is not filled in">
        {isCut
          ? 'What is kept of it is not a whole request.'
          : `All of it, ${bytes(body.facts.keptBytes)}, is too large to be sent from here. “Copy as curl” at its raw form in the transcript sends it through the proxy.`}
      </Banner>
    );
  }
  if (prefill.leftOut === null) return null;
  const { messages, of, bytes: size } = prefill.leftOut;
  return (
    <Banner tone="attention" title={`${plural(messages, 'message')} of ${of} left out: the oldest, ${bytes(size)}`}>
      All of it, {bytes(body.facts.keptBytes)}, is too large to be sent from here, so the answer may differ. “Copy as
      curl” at its raw form in the transcript sends it whole, through the proxy.
    </Banner>
  );
}
