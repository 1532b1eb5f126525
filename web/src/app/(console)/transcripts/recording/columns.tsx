import type { ReactNode } from 'react';
import type { Column } from '@/components/data-table/column';
import { Status } from '@/components/ui/status';
import { bytes, count, plural } from '@/format';
import type { ResultOf } from '@/graphql/graphql';
import { Clipped } from '../../ledger/clipped';
import { isRecorded } from '../../providers/recording/settings';
import { sampleText } from '../../providers/recording/wording';
import type { RECORDING_OF_PROVIDERS } from './queries';

type Answer = ResultOf<typeof RECORDING_OF_PROVIDERS>;
export type RecordedProvider = Answer['providers']['nodes'][number];

const side = (isKept: boolean) => <Status state={isKept ? 'kept' : 'unkept'} />;

/** What only matters where something is kept. */
const ifRecorded = (row: RecordedProvider, what: ReactNode) => (isRecorded(row) ? what : <span aria-hidden>–</span>);

export const columnsWith = (detectors: Answer['redactionDetectors']): readonly Column<RecordedProvider>[] => [
  {
    id: 'provider',
    header: 'Provider',
    minWidthPx: 144,
    cell: ({ displayName }) => <Clipped title={displayName}>{displayName}</Clipped>,
  },
  { id: 'requests', header: 'Requests', width: '112px', cell: (row) => side(row.recordInputs) },
  { id: 'answers', header: 'Answers', width: '112px', cell: (row) => side(row.recordOutputs) },
  {
    id: 'days',
    header: 'Kept for',
    unit: 'days',
    numeric: true,
    width: '112px',
    cell: (row) => ifRecorded(row, count(row.recording.retentionDays)),
  },
  {
    id: 'largest',
    header: 'Largest body',
    numeric: true,
    width: '112px',
    cell: (row) => ifRecorded(row, bytes(row.recording.maxBodyBytes)),
  },
  {
    id: 'share',
    header: 'Share',
    width: '120px',
    cell: (row) => ifRecorded(row, sampleText(row.recording.samplePer10k)),
  },
  {
    id: 'cleared',
    header: 'Cleared of',
    minWidthPx: 176,
    cell: (row) => {
      const text = clearedText(row, detectors);
      return ifRecorded(row, <Clipped title={text}>{text}</Clipped>);
    },
  },
];

/** `E-mail addresses, IBANs and 2 own patterns`. */
function clearedText({ recording }: RecordedProvider, detectors: Answer['redactionDetectors']): string {
  const labels = recording.redactDetectors.map((name) => detectors.find((one) => one.name === name)?.label ?? name);
  const own = recording.redactPatterns.length;
  const rules = [...labels, ...(own > 0 ? [plural(own, 'own pattern')] : [])];
  return rules.length === 0 ? 'nothing' : rules.join(', ');
}
