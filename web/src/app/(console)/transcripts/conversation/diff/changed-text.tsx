'use client';
import { useMemo } from 'react';
import { count } from '@/format';
import { visible } from '../../visible';
import { LongText } from '../long-text';
import { folded, type Stretch, textDiff } from './text-diff';

/** A text and what became of it: what went is struck out, what came is underlined. */
export function ChangedText({ before, after }: { before: string; after: string }) {
  const stretches = useMemo(() => textDiff(before, after), [before, after]);
  if (stretches === null) {
    return (
      <div className="flex flex-col gap-2">
        <p className="text-caption text-ink-3">Too much of it differs to be compared word by word.</p>
        <LongText label="Before" text={before} />
        <hr className="border-line" />
        <LongText label="After" text={after} />
      </div>
    );
  }
  return (
    <div
      dir="auto"
      className="font-mono text-caption leading-5 break-words whitespace-pre-wrap [overflow-wrap:anywhere]"
    >
      {stretches.map((stretch, index) => (
        <Stretched
          // biome-ignore lint/suspicious/noArrayIndexKey: two texts that do not change.
          key={index}
          {...stretch}
          isFirst={index === 0}
          isLast={index === stretches.length - 1}
        />
      ))}
    </div>
  );
}

function Stretched({ kind, text, isFirst, isLast }: Stretch & { isFirst: boolean; isLast: boolean }) {
  if (kind === 'added') return <ins className="bg-green-soft text-ink underline decoration-green">{visible(text)}</ins>;
  if (kind === 'removed')
    return <del className="bg-red-soft text-ink line-through decoration-red">{visible(text)}</del>;
  const fold = folded(text, { isFirst, isLast });
  if (fold === null) return visible(text);
  return (
    <>
      {visible(fold.head)}
      <span className="mx-1 rounded-sm bg-sunken px-1.5 text-ink-3">⋯ {count(fold.left)} characters the same ⋯</span>
      {visible(fold.tail)}
    </>
  );
}
