'use client';
import { CircleDot, Trash2 } from 'lucide-react';
import { useCan } from '@/components/frame/viewer';
import { ButtonLink } from '@/components/ui/button';
import { ExportButton } from '../export/export-button';
import type { TranscriptsState } from './use-transcripts-state';

/** What may be done with recorded calls as a whole. */
export function ListActions({ filter }: { filter: TranscriptsState['filter'] }) {
  const [mayDelete, mayRead] = [useCan('transcript.delete'), useCan('transcript_body.read')];
  return (
    <>
      <ButtonLink variant="ghost" icon={<CircleDot aria-hidden />} href="/transcripts/recording">
        Recording
      </ButtonLink>
      {mayDelete && (
        <ButtonLink variant="ghost" icon={<Trash2 aria-hidden />} href="/transcripts/deletions">
          Deletions
        </ButtonLink>
      )}
      {mayRead && <ExportButton filter={filter} />}
    </>
  );
}
