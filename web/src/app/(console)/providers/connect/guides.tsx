'use client';
import { clientGuides, codeGuides, type Guide, type GuideId, type SnippetTarget } from '@weir/snippets';
import { Info } from 'lucide-react';
import { CodeBlock } from '@/components/ui/code-block';
import { CopyButton } from '@/components/ui/copy-button';
import { Facts } from '@/components/ui/section';
import { Select } from '@/components/ui/select';
import { useRememberedGuide } from './remembered-guide';

/** Every client that can work through the provider; the one chosen is written out, ready to be copied. */
export function Guides({ target }: { target: SnippetTarget }) {
  const groups = [
    { label: 'Coding clients', guides: clientGuides(target) },
    { label: 'Code', guides: codeGuides(target) },
  ].filter(({ guides }) => guides.length > 0);
  const all = groups.flatMap(({ guides }) => guides);
  const [chosen, choose] = useRememberedGuide(all.map(({ id }) => id));
  const guide = all.find(({ id }) => id === chosen);
  if (!guide) return null;
  return (
    <div className="grid grid-cols-1 gap-x-8 gap-y-4 md:grid-cols-[176px_minmax(0,1fr)]">
      <div className="md:hidden">
        <Select
          aria-label="Client"
          className="w-full"
          value={guide.id}
          onChange={choose}
          options={all.map(({ id, label }) => ({ value: id, label }))}
        />
      </div>
      <div className="hidden flex-col gap-4 md:flex">
        {groups.map(({ label, guides }) => (
          <GuideList key={label} label={label} guides={guides} chosen={guide.id} onChoose={choose} />
        ))}
      </div>
      <GuideSteps guide={guide} />
    </div>
  );
}

interface GuideListProps {
  label: string;
  guides: readonly Guide[];
  chosen: GuideId;
  onChoose: (id: GuideId) => void;
}

function GuideList({ label, guides, chosen, onChoose }: GuideListProps) {
  return (
    <fieldset className="flex flex-col">
      <legend className="mb-1 px-2 text-caption text-ink-3">{label}</legend>
      {guides.map((guide) => (
        <button
          key={guide.id}
          type="button"
          aria-pressed={guide.id === chosen}
          onClick={() => onChoose(guide.id)}
          className="focus-inside rounded-md px-2 py-1 text-left text-table text-ink-2 hover:bg-hover hover:text-ink aria-pressed:bg-accent-soft aria-pressed:font-medium aria-pressed:text-accent"
        >
          {guide.label}
        </button>
      ))}
    </fieldset>
  );
}

function GuideSteps({ guide }: { guide: Guide }) {
  return (
    <section aria-label={guide.label} className="flex min-w-0 flex-col gap-3">
      {guide.note && (
        <p className="flex gap-2 text-table text-ink-2">
          <Info aria-hidden className="mt-0.5 size-4 shrink-0 text-ink-3" />
          {guide.note}
        </p>
      )}
      {guide.install && <Block guide={guide} title="Install" code={guide.install} />}
      {guide.values.length > 0 && (
        <Facts
          className="mb-1"
          facts={guide.values.map(({ label, value }) => ({
            label,
            value: (
              <span className="flex items-center gap-1">
                <span className="min-w-0 font-mono text-table break-all">{value}</span>
                <CopyButton text={value} label={`Copy ${label}`} />
              </span>
            ),
          }))}
        />
      )}
      {guide.steps.map((step) => (
        <Block key={step.title} guide={guide} title={step.title} code={step.code} />
      ))}
    </section>
  );
}

function Block({ guide, title, code }: { guide: Guide; title: string; code: string }) {
  return <CodeBlock label={guide.label} snippets={[{ label: title, code }]} />;
}
