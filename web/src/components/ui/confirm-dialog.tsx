'use client';
import { type ReactNode, useId, useState } from 'react';
import type { Problem } from '@/graphql/problem';
import { Button } from './button';
import { Dialog } from './dialog';
import { ProblemNote } from './error-state';
import { Input } from './input';

interface ConfirmDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** Exactly what will happen, and what will not. */
  consequences: ReactNode;
  /** The name to type; left out for what can be undone. */
  confirmName?: string;
  actionLabel: string;
  onConfirm: () => void;
  running?: boolean;
  problem?: Problem | null;
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  const {
    open,
    onOpenChange,
    title,
    consequences,
    confirmName,
    actionLabel,
    onConfirm,
    running = false,
    problem,
  } = props;
  const [typed, setTyped] = useState('');
  const id = useId();
  const ready = confirmName === undefined || typed === confirmName;
  const changeOpen = (next: boolean) => {
    if (!next) setTyped('');
    onOpenChange(next);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={changeOpen}
      title={title}
      width="sm"
      footer={
        <>
          <Button variant="ghost" onClick={() => changeOpen(false)}>
            Cancel
          </Button>
          <Button variant="danger" form={`${id}-form`} type="submit" disabled={!ready} loading={running}>
            {actionLabel}
          </Button>
        </>
      }
    >
      <form
        id={`${id}-form`}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && !running) onConfirm();
        }}
      >
        <div className="text-ink-2">{consequences}</div>
        {confirmName !== undefined && (
          <div>
            <label htmlFor={id} className="mb-1.5 block">
              Type <span className="font-mono text-table font-medium">{confirmName}</span> to confirm
            </label>
            <Input id={id} mono value={typed} onChange={(event) => setTyped(event.target.value)} />
          </div>
        )}
        {problem && <ProblemNote problem={problem} />}
      </form>
    </Dialog>
  );
}
