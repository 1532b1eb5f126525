'use client';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef } from 'react';
import { visible } from '../visible';
import { useFoundLine } from './find/use-marks';
import { linesOf } from './lines';

const LINE_HEIGHT_PX = 20;
const SHOWN_WHOLE_UP_TO = 20_000;

interface LongTextProps {
  /** What it is, for screen readers. */
  label: string;
  text: string;
  mono?: boolean;
}

/** A text as it is, never as markup. A long one stands in a box of its own, of which only what is in sight is drawn. */
export function LongText({ label, text, mono = false }: LongTextProps) {
  if (text.length > SHOWN_WHOLE_UP_TO) return <VirtualText label={label} text={text} />;
  return (
    <div
      // The text decides its own direction.
      dir="auto"
      data-said
      className={`whitespace-pre-wrap break-words [overflow-wrap:anywhere] ${mono ? 'font-mono text-caption leading-5' : ''}`}
    >
      {visible(text)}
    </div>
  );
}

function VirtualText({ label, text }: { label: string; text: string }) {
  const box = useRef<HTMLElement>(null);
  const lines = useMemo(() => linesOf(text), [text]);
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    estimateSize: () => LINE_HEIGHT_PX,
    overscan: 20,
  });
  const found = useFoundLine(lines);
  useEffect(() => {
    if (found >= 0) virtualizer.scrollToIndex(found, { align: 'center' });
  }, [found, virtualizer]);
  return (
    <section
      ref={box}
      aria-label={`${label}, scrolls`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
      tabIndex={0}
      className="focus-inside max-h-[480px] overflow-auto rounded-md border border-line bg-sunken px-3 py-2"
    >
      <div className="relative w-full" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((item) => (
          <div
            key={item.key}
            ref={virtualizer.measureElement}
            data-index={item.index}
            dir="auto"
            data-said
            className="absolute top-0 left-0 min-h-5 w-full whitespace-pre-wrap break-words font-mono text-caption leading-5 [overflow-wrap:anywhere]"
            style={{ transform: `translateY(${item.start}px)` }}
          >
            {visible(lines[item.index] ?? '')}
          </div>
        ))}
      </div>
    </section>
  );
}
