'use client';
import { ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { usePlace } from './use-place';

/** In place of a conversation that is none: of a turn that a link names, its call is still known. */
export function NothingKept() {
  const { target } = usePlace();
  return (
    <EmptyState
      title="Nothing is kept under this id"
      action={
        <div className="flex flex-wrap gap-2">
          {target && <ButtonLink href={`/receipts/${target}`}>Receipt of the call</ButtonLink>}
          <ButtonLink href="/transcripts/deletions">Deletions</ButtonLink>
          <ButtonLink href="/transcripts">All conversations</ButtonLink>
        </div>
      }
    >
      Its time to be kept has run out, it was deleted, or the address was mistyped. How long each provider keeps what
      was said stands in Recording, what was deleted in Deletions.
      {target && ' Usage and cost of the turn that this link names stay: its receipt has them.'}
    </EmptyState>
  );
}
