import {
  Ban,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleDot,
  CirclePause,
  CircleSlash,
  Clock,
  Lock,
  LockOpen,
  PlugZap,
  Undo2,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './cn';

/** A state as icon and word: the shape says it where the colour cannot. */
const STATES = {
  completed: { label: 'Completed', icon: CircleCheck, color: 'text-green' },
  client_closed: { label: 'Client closed', icon: CircleSlash, color: 'text-ink-3' },
  upstream_error: { label: 'Upstream error', icon: CircleAlert, color: 'text-red' },
  upstream_timeout: { label: 'Upstream timeout', icon: Clock, color: 'text-red' },
  refused: { label: 'Refused', icon: Ban, color: 'text-amber' },
  interrupted: { label: 'Interrupted', icon: PlugZap, color: 'text-red' },
  enabled: { label: 'Enabled', icon: CircleCheck, color: 'text-ink-3' },
  disabled: { label: 'Disabled', icon: CirclePause, color: 'text-amber' },
  deleted: { label: 'Deleted', icon: CircleSlash, color: 'text-ink-3' },
  active: { label: 'Active', icon: CircleCheck, color: 'text-ink-3' },
  expired: { label: 'Expired', icon: Clock, color: 'text-amber' },
  revoked: { label: 'Revoked', icon: Ban, color: 'text-ink-3' },
  invited: { label: 'Invited', icon: CircleDashed, color: 'text-amber' },
  attention: { label: 'Needs attention', icon: CircleAlert, color: 'text-amber' },
  ready: { label: 'Ready', icon: CircleCheck, color: 'text-ink-3' },
  failing: { label: 'Failing', icon: CircleAlert, color: 'text-red' },
  untested: { label: 'Not tested', icon: CircleDashed, color: 'text-ink-3' },
  unsupported: { label: 'Not offered', icon: CircleSlash, color: 'text-ink-3' },
  unused: { label: 'Unused', icon: CircleDashed, color: 'text-amber' },
  failed: { label: 'Failed', icon: CircleAlert, color: 'text-red' },
  waiting: { label: 'Waiting', icon: CircleDashed, color: 'text-ink-3' },
  running: { label: 'Running', icon: CircleDashed, color: 'text-accent' },
  cancelled: { label: 'Cancelled', icon: CircleSlash, color: 'text-ink-3' },
  reversed: { label: 'Reversed', icon: Undo2, color: 'text-ink-3' },
  kept: { label: 'Recorded', icon: CircleDot, color: 'text-accent' },
  unkept: { label: 'Not kept', icon: CircleSlash, color: 'text-ink-3' },
  open: { label: 'Open', icon: LockOpen, color: 'text-ink-3' },
  closed: { label: 'Closed', icon: Lock, color: 'text-ink-3' },
} as const;

export type State = keyof typeof STATES;

interface StatusProps {
  state: State;
  /** In place of the state's own word. */
  label?: ReactNode;
  title?: string;
  className?: string;
}

export function Status({ state, label, title, className }: StatusProps) {
  const { icon: Icon, color, label: word } = STATES[state];
  return (
    <span title={title} className={cn('inline-flex items-center gap-1.5 align-middle whitespace-nowrap', className)}>
      <Icon aria-hidden className={cn('size-3.5 shrink-0', color)} />
      {label ?? word}
    </span>
  );
}
