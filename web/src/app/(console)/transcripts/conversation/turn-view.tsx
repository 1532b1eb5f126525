'use client';
import { Link as Chain } from 'lucide-react';
import { useState } from 'react';
import { useCan } from '@/components/frame/viewer';
import { Banner } from '@/components/ui/banner';
import { Button, ButtonLink } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { copyText } from '@/components/ui/copy-button';
import { Skeleton } from '@/components/ui/skeleton';
import { Status } from '@/components/ui/status';
import { toast } from '@/components/ui/toast';
import { exactTime, plural } from '@/format';
import { againHref, isPosted } from '../again/href';
import { visible } from '../visible';
import { bodyText, isKept } from './body-state';
import { failureText } from './failure-text';
import { useIsFound } from './find/use-marks';
import { MessageView } from './message-view';
import { Folded } from './part-view';
import { RawBody } from './raw-body';
import { ComparePrompt } from './threads/compare-prompt';
import { TurnPlace, useIsOfSubAgent } from './threads/turn-place';
import type { ToolAnswer } from './tools';
import { TurnDetails, TurnFigures } from './turn-facts';
import type { Said, SaidMessage } from './use-said';
import type { Turn } from './use-turns';

export type Mode = 'chat' | 'detailed';

interface TurnViewProps {
  conversationId: string;
  turn: Turn;
  said: Said | undefined;
  answers: ReadonlyMap<string, ToolAnswer>;
  mode: Mode;
  mayRead: boolean;
  /** A link led here. */
  isTarget: boolean;
  proxyUrlPrefix: string;
}

/** One turn: what it brought, what came back, what it used. */
export function TurnView(props: TurnViewProps) {
  const { conversationId, turn, said, answers, mode, mayRead, isTarget, proxyUrlPrefix } = props;
  const isOfSubAgent = useIsOfSubAgent(turn.eventId);
  const mayTest = useCan('provider.write');
  const [raw, setRaw] = useState<'request' | 'response' | null>(null);
  const show = (side: 'request' | 'response') => setRaw(raw === side ? null : side);
  return (
    <article
      aria-label={`Turn of ${exactTime(turn.startedAt)}${turn.isFailed ? ', failed' : ''}`}
      aria-current={isTarget ? 'location' : undefined}
      className={cn(
        'flex flex-col gap-3 border-t border-line py-4',
        isOfSubAgent && 'ml-4 border-l-2 border-l-line-2 pl-4 sm:ml-8',
        isTarget && 'bg-accent-soft',
        isTarget && !isOfSubAgent && '-mx-3 px-3',
      )}
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <TurnPlace eventId={turn.eventId} />
        <a
          href={`#turn-${turn.eventId}`}
          title="Copy a link to this turn"
          onClick={(event) => {
            event.preventDefault();
            copyLink(turn.eventId);
          }}
          className="inline-flex items-center gap-1.5 rounded-sm text-caption text-ink-2 hover:text-ink hover:underline"
        >
          <Chain aria-hidden className="size-3.5" />
          <span className="sr-only">Link to the turn of </span>
          <time dateTime={turn.startedAt} className="figures">
            {exactTime(turn.startedAt)}
          </time>
        </a>
        <span className="font-mono text-caption break-all text-ink-2">
          {visible(turn.servedModel ?? turn.requestedModel ?? turn.endpoint)}
        </span>
        {turn.isFailed && <Status state="failed" label="Failed" className="text-caption" />}
        {turn.outcome === 'client_closed' && (
          <Status
            state="client_closed"
            className="text-caption"
            title="The app closed the connection before the answer had ended"
          />
        )}
        <span className="ml-auto">
          <TurnFigures turn={turn} />
        </span>
      </div>
      {turn.isFailed && <Failure turn={turn} message={said?.upstreamErrorMessage ?? null} />}
      {mode === 'detailed' && <TurnDetails turn={turn} />}
      {mayRead &&
        (said ? <Messages {...{ conversationId, turn, said, answers, mode }} /> : <Skeleton className="h-16 w-full" />)}
      {mayRead && (
        // Their words, not their edges, stand in line with the text above.
        <div className="-ml-2.5 flex flex-wrap items-center gap-x-1 gap-y-0.5">
          {(['request', 'response'] as const).map((side) =>
            isKept(turn[side]) ? (
              <Button key={side} size="sm" variant="ghost" aria-expanded={raw === side} onClick={() => show(side)}>
                {side === 'request' ? 'Raw request' : 'Raw answer'}
              </Button>
            ) : null,
          )}
          <ComparePrompt eventId={turn.eventId} />
          {mayTest && isKept(turn.request) && isPosted(turn.endpoint) && (
            <ButtonLink size="sm" variant="ghost" href={againHref(turn.provider, conversationId, turn.eventId)}>
              Run again
            </ButtonLink>
          )}
        </div>
      )}
      {raw !== null && (
        <RawBody conversationId={conversationId} turn={turn} side={raw} proxyUrlPrefix={proxyUrlPrefix} />
      )}
    </article>
  );
}

/** The address names the turn from now on; the page stays where it is. */
function copyLink(eventId: string): void {
  window.history.replaceState(window.history.state, '', `#turn-${eventId}`);
  void copyText(window.location.href).then(() => toast('Link copied'));
}

function Failure({ turn, message }: { turn: Turn; message: string | null }) {
  const code = turn.upstreamErrorCode ?? turn.errorCode ?? turn.outcome;
  return (
    <div className="flex items-start gap-2.5 rounded-md bg-red-soft px-3 py-2.5">
      <div className="min-w-0 flex-1 break-words">
        <div className="font-medium text-red">
          <span className="font-mono">{visible(code)}</span>
          {turn.status !== null && <span className="figures font-normal"> · HTTP {turn.status}</span>}
        </div>
        <div className="text-ink-2">{visible(failureText(turn, message))}</div>
      </div>
    </div>
  );
}

interface MessagesProps {
  conversationId: string;
  turn: Turn;
  said: Said;
  answers: ReadonlyMap<string, ToolAnswer>;
  mode: Mode;
}

function Messages({ conversationId, turn, said, answers, mode }: MessagesProps) {
  const inputs = mode === 'detailed' ? said.inputs : said.inputs.filter((message) => !isNested(message, answers));
  return (
    // Lines of text stay readable on a wall.
    <div className="flex max-w-[1200px] flex-col gap-4">
      {said.given.map((message) => (
        <Given key={message.id} {...{ conversationId, message, answers, mode }} />
      ))}
      {inputs.map((message, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a turn may say the same twice, and never changes.
        <MessageView key={index} conversationId={conversationId} message={message} answers={answers} />
      ))}
      {said.inputLeftOut > 0 && (
        <p className="text-table text-ink-3">
          {plural(said.inputLeftOut, 'further message')} of this request {said.inputLeftOut === 1 ? 'is' : 'are'} in its
          raw form only.
        </p>
      )}
      {inputs.length === 0 && !isKept(turn.request) && <Missing text={`Request: ${bodyText(turn.request)}`} />}
      {turn.request.state === 'truncated' && (
        <Banner tone="attention">The request is not whole. {bodyText(turn.request)} What is shown ends there.</Banner>
      )}
      {said.outputs.map((message, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: as above.
        <MessageView key={index} conversationId={conversationId} message={message} answers={answers} />
      ))}
      {said.outputs.length === 0 && !turn.isFailed && <Missing text={`Answer: ${bodyText(turn.response)}`} />}
      {turn.incompleteReason !== null && !turn.isFailed && (
        <Banner tone="attention">The answer is not whole: {turn.incompleteReason.replaceAll('_', ' ')}.</Banner>
      )}
    </div>
  );
}

/** Instructions and tools: in the chat only where a word that is looked for stands in them. */
function Given({
  conversationId,
  message,
  answers,
  mode,
}: Omit<MessagesProps, 'turn' | 'said'> & { message: SaidMessage }) {
  const text = (message.parts ?? []).map((part) => part.text).join('\n');
  const isFound = useIsFound(text);
  if (mode === 'chat' && !isFound) return null;
  return (
    <Folded summary={message.role === 'system' ? 'Instructions' : 'Definitions of tools'} holds={text}>
      <MessageView conversationId={conversationId} message={message} answers={answers} />
    </Folded>
  );
}

const Missing = ({ text }: { text: string }) => <p className="text-table text-ink-3">{text}</p>;

/** Nothing but results that already stand beneath the calls they answer. */
const isNested = ({ parts }: SaidMessage, answers: ReadonlyMap<string, ToolAnswer>) =>
  parts !== null &&
  parts.length > 0 &&
  parts.every((part) => part.kind === 'tool_response' && part.id !== null && answers.has(part.id));
