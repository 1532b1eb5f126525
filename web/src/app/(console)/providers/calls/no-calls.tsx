import { curlCommand, exportToken, TOKEN_PLACEHOLDER } from '@weir/snippets';
import { EmptyState } from '@/components/ui/empty-state';
import type { Provider } from '../[name]/client';
import { snippetTarget } from '../connect/snippet-target';

export function NoCalls({ provider }: { provider: Provider }) {
  const curl = curlCommand(snippetTarget(provider, provider.models[0] ?? null));
  return (
    <EmptyState
      title="No call yet"
      snippets={[{ label: 'First call', code: `${exportToken(TOKEN_PLACEHOLDER)}\n${curl}` }]}
    >
      With a token of an app, this makes the first one. It appears here within seconds.
    </EmptyState>
  );
}
