import { codeGuides, type Guide, type SnippetTarget } from '@weir/snippets';
import { CodeBlock } from '@/components/ui/code-block';

const SHOWN: readonly Guide['id'][] = ['curl', 'python', 'typescript'];

interface ClientSnippetsProps {
  target: SnippetTarget;
  label?: string;
  className?: string;
}

/** The shortest ready-made code for one provider, a tab a language. The token is read from the environment. */
export function ClientSnippets({ target, label = 'Client code', className }: ClientSnippetsProps) {
  const guides = codeGuides(target).filter(({ id }) => SHOWN.includes(id));
  return (
    <CodeBlock
      label={label}
      className={className}
      snippets={guides.map((guide) => ({ label: guide.label, code: codeOf(guide) }))}
    />
  );
}

/** The program itself under a comment that says what to install. */
function codeOf({ install, steps }: Guide): string {
  const program = steps.find(({ file }) => file !== null) ?? steps[0];
  const before = steps.filter((step) => step.language === 'sh' && step.title === 'Environment').map(({ code }) => code);
  const comment = program?.language === 'typescript' ? '//' : '#';
  const remarks = [...(install === null ? [] : [install]), ...before].map((line) => `${comment} ${line}`);
  return [...remarks, program?.code ?? ''].join('\n');
}
