import { Facts } from '@/components/ui/section';
import { bytes, plural } from '../../../../format';
import { isRecorded, type StoredRecording } from './settings';
import { recordingText, sampleText } from './wording';

interface RecordingFactsProps {
  provider: StoredRecording;
  detectors: readonly { readonly name: string; readonly label: string }[];
}

/** What is kept of a provider's calls, for everybody who may see the provider. */
export function RecordingFacts({ provider, detectors }: RecordingFactsProps) {
  const { recordInputs, recordOutputs, recording } = provider;
  const labels = recording.redactDetectors.map((name) => detectors.find((one) => one.name === name)?.label ?? name);
  const sideFacts = [
    { label: 'Requests', value: recordInputs ? 'recorded' : 'not recorded' },
    { label: 'Answers', value: recordOutputs ? 'recorded' : 'not recorded' },
  ];
  const facts = isRecorded(provider)
    ? [
        ...sideFacts,
        { label: 'Kept for', value: plural(recording.retentionDays, 'day') },
        { label: 'Largest body', value: bytes(recording.maxBodyBytes) },
        { label: 'Sample', value: sampleText(recording.samplePer10k) },
        { label: 'Cleared of', value: labels.length === 0 ? 'nothing built in' : labels.join(', ') },
        {
          label: 'Own patterns',
          value:
            recording.redactPatterns.length === 0 ? (
              'none'
            ) : (
              <ul className="font-mono text-table break-all">
                {recording.redactPatterns.map(({ name, pattern }) => (
                  <li key={name}>
                    {name}: {pattern}
                  </li>
                ))}
              </ul>
            ),
        },
      ]
    : sideFacts;
  return (
    <div className="flex flex-col gap-3">
      <p className="max-w-[720px] text-table text-ink-2">{recordingText(provider)}</p>
      <Facts facts={facts} />
    </div>
  );
}
