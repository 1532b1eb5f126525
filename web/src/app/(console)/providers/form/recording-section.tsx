import { FormSection } from './form-section';

/** Says what is true today: bodies are never kept, so there is nothing to switch. */
export function RecordingSection() {
  return (
    <FormSection title="Recording">
      <p className="text-table text-ink-2">
        Recording of request and response bodies is not switched on in this version: no prompt and no answer is stored.
        Tokens, cost, latency and outcome are recorded for every call.
      </p>
    </FormSection>
  );
}
