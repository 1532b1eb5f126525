import { CodeBlock } from '@/components/ui/code-block';
import { type SnippetTarget, snippetsFor, withInstall } from './snippets';

/** Ready-made client code for one provider, one tab a client. The token is read from the environment. */
export function ClientSnippets({ target }: { target: SnippetTarget }) {
  return (
    <CodeBlock
      label="Client code"
      snippets={snippetsFor(target).map((snippet) => ({ label: snippet.label, code: withInstall(snippet) }))}
    />
  );
}
