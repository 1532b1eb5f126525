'use client';
import { toast } from '@/components/ui/toast';
import type { VariablesOf } from '@/graphql/graphql';
import { useAction } from '@/graphql/use-action';
import { EXPORT_TRANSCRIPTS } from './queries';

type Input = VariablesOf<typeof EXPORT_TRANSCRIPTS>['input'];

export const FORMS = [
  { form: 'openai', label: 'OpenAI messages' },
  { form: 'otel', label: 'OpenTelemetry GenAI' },
] as const;

/** Orders an export and has the browser fetch it; the browser says where one breaks off. */
export function useExport() {
  const action = useAction(EXPORT_TRANSCRIPTS);
  const start = async (input: Input) => {
    const answer = await action.run({ input });
    if (!answer) return;
    const { downloadUrl, fileName } = answer.exportTranscripts;
    const link = document.createElement('a');
    link.href = downloadUrl;
    link.download = fileName;
    link.click();
    toast('The export is on its way to your downloads');
  };
  return { start, running: action.running, problem: action.problem, reset: action.reset };
}
