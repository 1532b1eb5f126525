import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';

interface NoProvidersProps {
  /** Whether filters may be the reason. */
  filtered: boolean;
  onClear: () => void;
  action: ReactNode;
}

export function NoProviders({ filtered, onClear, action }: NoProvidersProps) {
  if (filtered) {
    return (
      <EmptyState title="No provider fits" action={<Button onClick={onClear}>Clear filters</Button>}>
        Search looks at display name and name.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title="No provider yet"
      action={action}
      snippets={[
        {
          label: 'What an app changes once there is one',
          code: 'client = OpenAI(\n    base_url="<proxy URL>/v1",       # instead of https://api.openai.com/v1\n    api_key=os.environ["WEIR_TOKEN"],  # instead of the upstream key\n)',
        },
      ]}
    >
      Create one for each upstream you use. You need its API key; apps then get a proxy URL and a token of their own,
      and every call is metered and priced here.
    </EmptyState>
  );
}
