'use client';
import { Bot, Cog, type LucideIcon, UserRound, Wrench } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { ProblemNote } from '@/components/ui/error-state';
import { bytes } from '@/format';
import { useData } from '@/graphql/use-data';
import { SAID_MESSAGE } from '../queries';
import { PartView } from './part-view';
import { partsOf } from './parts';
import type { ToolAnswer } from './tools';
import type { SaidMessage } from './use-said';

const ROLES: Readonly<Record<string, { label: string; icon: LucideIcon; edge: string; color: string }>> = {
  user: { label: 'User', icon: UserRound, edge: 'border-accent', color: 'text-accent' },
  assistant: { label: 'Assistant', icon: Bot, edge: 'border-ink-3', color: 'text-ink' },
  tool: { label: 'Tool', icon: Wrench, edge: 'border-amber', color: 'text-amber' },
  system: { label: 'Instructions', icon: Cog, edge: 'border-line-2', color: 'text-ink-2' },
};
/** The answer is not all that the model would have said. */
const SHORTENED = new Set(['content_filter', 'length']);
const OTHER = { label: 'Message', icon: Cog, edge: 'border-line-2', color: 'text-ink-2' };

interface MessageViewProps {
  conversationId: string;
  message: SaidMessage;
  answers: ReadonlyMap<string, ToolAnswer>;
}

/** One message under its role: a word, a mark and a colour at its edge. */
export function MessageView({ conversationId, message, answers }: MessageViewProps) {
  const role = ROLES[message.role] ?? OTHER;
  const Icon = role.icon;
  return (
    <div className={cn('border-l-2 pl-3', role.edge)}>
      <div className={cn('mb-1 flex items-center gap-1.5 text-caption font-medium', role.color)}>
        <Icon aria-hidden className="size-3.5" />
        <h3>{role.label}</h3>
        {message.finishReason !== null && message.finishReason !== 'stop' && (
          <span className={cn('font-normal', SHORTENED.has(message.finishReason) ? 'text-amber' : 'text-ink-3')}>
            ended by {message.finishReason}
          </span>
        )}
      </div>
      <div className="flex flex-col gap-2">
        {message.parts === null ? (
          <OnDemand conversationId={conversationId} message={message} answers={answers} />
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a message never change.
          message.parts.map((part, index) => <PartView key={index} part={part} answers={answers} />)
        )}
      </div>
    </div>
  );
}

function OnDemand({ conversationId, message, answers }: MessageViewProps) {
  const [isWanted, setWanted] = useState(false);
  const { data, problem, loading } = useData(
    SAID_MESSAGE,
    { id: conversationId, messageId: message.id },
    { pause: !isWanted },
  );
  if (message.bytes === 0) return <p className="text-table text-ink-3">This message is not stored any more.</p>;
  if (problem) return <ProblemNote problem={problem} />;
  const json = data?.saidMessage?.json;
  if (json != null) {
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a message never change.
    return partsOf(json).map((part, index) => <PartView key={index} part={part} answers={answers} />);
  }
  return (
    <span>
      <Button size="sm" loading={loading} onClick={() => setWanted(true)}>
        Show {bytes(message.bytes)}
      </Button>
    </span>
  );
}
