'use client';
import { Drawer } from '@/components/ui/drawer';
import { ErrorState } from '@/components/ui/error-state';
import { useData } from '@/graphql/use-data';
import type { UsageFilter } from '../../usage/state/filters';
import { TOTAL_RECEIPT } from '../queries';
import { ReceiptSkeleton } from '../receipt-skeleton';
import type { Part } from './parts';
import { TotalReceipt } from './total-receipt';

/** A figure somebody opened: the sum over a range and a filter, or one part of it. */
export interface TotalAsked {
  /** `Spend this month`. */
  readonly title: string;
  /** The range in words, its zone included. */
  readonly rangeText: string;
  readonly range: { readonly from: string; readonly to: string };
  readonly filter: UsageFilter;
  /** null = all of it. */
  readonly part: Part | null;
}

export interface TotalDrawerProps {
  /** null = closed. */
  asked: TotalAsked | null;
  onClose: () => void;
}

/** The most the control plane lists at once. */
const LISTED = 500;

export function TotalDetails({ asked, onClose }: TotalDrawerProps) {
  const { data, stale, problem, refetch } = useData(
    TOTAL_RECEIPT,
    { range: asked?.range ?? { from: '', to: '' }, filter: asked?.filter ?? null, first: LISTED },
    { pause: asked === null },
  );
  return (
    <Drawer
      open={asked !== null}
      onOpenChange={(open) => !open && onClose()}
      title={asked?.title ?? 'Receipt'}
      description={asked?.rangeText ?? ''}
      className="w-[min(720px,calc(100vw-32px))]"
    >
      {asked && data ? (
        <TotalReceipt asked={asked} data={data} stale={stale} onRefresh={refetch} />
      ) : problem ? (
        <ErrorState title="The receipt could not be made" problem={problem} onRetry={refetch} />
      ) : (
        <ReceiptSkeleton />
      )}
    </Drawer>
  );
}
