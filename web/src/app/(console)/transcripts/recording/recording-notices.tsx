'use client';
import { Banner } from '@/components/ui/banner';
import { useData } from '@/graphql/use-data';
import { RECORDING_STATE } from './queries';
import { isRecordingKnown, stateNotices } from './state-notices';

const REFRESH_MS = 10_000;

/** Whether recording keeps up: silence where it does, and what to do where it does not. */
export function RecordingNotices({ className }: { className?: string }) {
  const { data } = useData(RECORDING_STATE, {}, { everyMs: REFRESH_MS });
  if (!data) return null;
  const notices = stateNotices(data.recordingState);
  const isKnown = isRecordingKnown(data.recordingState);
  if (notices.length === 0 && isKnown) return null;
  return (
    <section aria-label="State of recording" className={className}>
      {notices.length > 0 && (
        <Banner tone="attention">
          <ul className="flex flex-col gap-2">
            {notices.map(({ id, text, detail }) => (
              <li key={id}>
                <span className="block font-medium text-ink">{text}</span>
                <span className="block text-table">{detail}</span>
              </li>
            ))}
          </ul>
        </Banner>
      )}
      {!isKnown && (
        <p className="mt-2 text-table text-ink-3 first:mt-0">
          No proxy reports how recording keeps up, so it is not known whether calls are missing.
        </p>
      )}
    </section>
  );
}
