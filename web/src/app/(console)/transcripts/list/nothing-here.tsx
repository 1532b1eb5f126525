'use client';
import Link from 'next/link';
import { useCan } from '@/components/frame/viewer';
import { Button, ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { useData } from '@/graphql/use-data';
import { RECORDED_PROVIDERS } from '../queries';

interface NothingHereProps {
  isNarrowed: boolean;
  /** Of those that were looked at none fits, and there are more; null = there are none. */
  onLookFurther: (() => void) | null;
  onClear: () => void;
}

/** Why there is no conversation: it is filtered away, nothing is recorded, or nothing was said yet. */
export function NothingHere({ isNarrowed, onLookFurther, onClear }: NothingHereProps) {
  const { data } = useData(RECORDED_PROVIDERS, {}, { pause: isNarrowed });
  const canWrite = useCan('provider.write');
  if (isNarrowed) {
    return (
      <EmptyState
        title="No conversation fits"
        action={
          <span className="flex gap-2">
            {onLookFurther && (
              <Button variant="primary" onClick={onLookFurther}>
                Look further back
              </Button>
            )}
            <Button onClick={onClear}>Clear filters</Button>
          </span>
        }
      >
        {onLookFurther
          ? 'None of the newest thousand fits; there are older ones.'
          : 'There may be conversations outside this range, or of other providers, models and apps.'}
      </EmptyState>
    );
  }
  const providers = data?.providers.nodes ?? [];
  const recorded = providers.filter(({ recordInputs, recordOutputs }) => recordInputs || recordOutputs);
  if (recorded.length > 0) {
    return (
      <EmptyState title="No conversation in this range">
        {recorded.map(({ displayName }) => displayName).join(', ')} {recorded.length === 1 ? 'is' : 'are'} recorded.
        Calls stand here within seconds of their end; a longer range may show earlier ones.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title="Nothing is recorded"
      action={
        canWrite ? (
          <ButtonLink
            variant="primary"
            href={providers[0] ? `/providers/${providers[0].name}?tab=settings` : '/providers/new'}
          >
            {providers[0] ? `Settings of ${providers[0].displayName}` : 'Create a provider'}
          </ButtonLink>
        ) : undefined
      }
    >
      No provider keeps what is said; tokens and cost are in{' '}
      <Link href="/usage" className="text-accent underline">
        Cost &amp; Usage
      </Link>{' '}
      all the same.{' '}
      {canWrite
        ? 'Switch recording on under “Transcripts” in the settings of a provider.'
        : 'An admin can switch recording on in the settings of a provider.'}
    </EmptyState>
  );
}
