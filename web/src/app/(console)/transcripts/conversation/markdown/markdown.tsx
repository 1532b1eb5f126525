'use client';
import { Image as Picture } from 'lucide-react';
import { Fragment, type ReactNode, useMemo } from 'react';
import { visible } from '../../visible';
import { LongText } from '../long-text';
import { safeAddress } from './address';
import { type MarkdownNode, markdownTree } from './tree';

/**
 * The marks of a text drawn by elements of ours: none of it is HTML, no picture is fetched, and links are followed to
 * the web and to mail alone. Text that is too long or too deep for it is shown as it is.
 */
export function Markdown({ text, label }: { text: string; label: string }) {
  const tree = useMemo(() => markdownTree(text), [text]);
  if (tree === null) {
    return (
      <>
        <p className="mb-1 text-caption text-ink-3">Too many marks to be drawn: shown as text.</p>
        <LongText label={label} text={text} />
      </>
    );
  }
  return (
    <div dir="auto" data-said className="flex flex-col gap-2 break-words [overflow-wrap:anywhere]">
      {drawn(tree)}
    </div>
  );
}

const drawn = (nodes: readonly MarkdownNode[]): ReactNode[] =>
  // biome-ignore lint/suspicious/noArrayIndexKey: a text that was said never changes.
  nodes.map((node, index) => <Fragment key={index}>{draw(node)}</Fragment>);

const HEADINGS = ['h3', 'h4', 'h5', 'h6'] as const;

function draw(node: MarkdownNode): ReactNode {
  const { kind, token, children } = node;
  switch (kind) {
    case 'inline':
      return drawn(children);
    case 'paragraph':
      // In lists that stand close together a paragraph is no block of its own.
      return token.hidden ? <span>{drawn(children)}</span> : <p>{drawn(children)}</p>;
    case 'heading': {
      // Below the headings of the page, whatever rank it claims.
      const Heading = HEADINGS[Math.min(HEADINGS.length, Number(token.tag.slice(1))) - 1] ?? 'h6';
      return <Heading className="font-semibold">{drawn(children)}</Heading>;
    }
    case 'blockquote':
      return (
        <blockquote className="flex flex-col gap-2 border-l-2 border-line-2 pl-3 text-ink-2">
          {drawn(children)}
        </blockquote>
      );
    case 'bullet_list':
      return <ul className="list-disc pl-6">{drawn(children)}</ul>;
    case 'ordered_list':
      return (
        <ol className="list-decimal pl-8" start={startOf(node)}>
          {drawn(children)}
        </ol>
      );
    case 'list_item':
      return <li>{drawn(children)}</li>;
    case 'fence':
    case 'code_block':
      return (
        <div className="rounded-md border border-line bg-sunken px-3 py-2">
          <LongText label="Code" text={token.content.replace(/\n$/, '')} mono />
        </div>
      );
    case 'hr':
      return <hr className="border-line" />;
    case 'table':
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
        <section aria-label="Table" tabIndex={0} className="focus-inside overflow-x-auto">
          <table className="border-collapse text-table">{drawn(children)}</table>
        </section>
      );
    case 'thead':
      return <thead>{drawn(children)}</thead>;
    case 'tbody':
      return <tbody>{drawn(children)}</tbody>;
    case 'tr':
      return <tr>{drawn(children)}</tr>;
    case 'th':
      return <th className="border border-line bg-sunken px-2 py-1 text-left font-medium">{drawn(children)}</th>;
    case 'td':
      return <td className="border border-line px-2 py-1 align-top">{drawn(children)}</td>;
    case 'em':
      return <em>{drawn(children)}</em>;
    case 'strong':
      return <strong className="font-semibold">{drawn(children)}</strong>;
    case 's':
      return <s>{drawn(children)}</s>;
    case 'code_inline':
      return <code className="rounded-sm bg-sunken px-1 font-mono text-[0.92em]">{visible(token.content)}</code>;
    case 'softbreak':
    case 'hardbreak':
      return <br />;
    case 'link':
      return <Linked address={String(token.attrGet('href') ?? '')}>{drawn(children)}</Linked>;
    case 'image':
      return <Unfetched alt={token.content} address={String(token.attrGet('src') ?? '')} />;
    default:
      // A mark that this does not know is what it holds, as text.
      return children.length > 0 ? drawn(children) : visible(token.content);
  }
}

const FARTHEST_START = 999_999_999;

function startOf({ token }: MarkdownNode): number {
  const start = Number(token.attrGet('start') ?? 1);
  return Number.isSafeInteger(start) ? Math.min(start, FARTHEST_START) : 1;
}

function Linked({ address, children }: { address: string; children: ReactNode }) {
  const safe = safeAddress(address);
  if (safe === null) {
    return (
      <>
        {children} <span className="font-mono text-caption text-ink-3">({visible(address)})</span>
      </>
    );
  }
  return (
    <>
      <a
        href={safe.href}
        title={safe.href}
        target="_blank"
        rel="noopener noreferrer nofollow"
        className="rounded-sm text-accent underline"
      >
        {children}
      </a>{' '}
      <span className="text-caption text-ink-3">({safe.leadsTo})</span>
    </>
  );
}

/** A picture is what it is called and where it is: asking for it would tell its host who reads this. */
function Unfetched({ alt, address }: { alt: string; address: string }) {
  return (
    <span className="inline-flex max-w-full items-baseline gap-1.5 text-ink-2">
      <Picture aria-hidden className="size-3.5 shrink-0 self-center text-ink-3" />
      <span>
        <span className="sr-only">Picture, not fetched: </span>
        {visible(alt)} <span className="font-mono text-caption text-ink-3">{visible(shortened(address))}</span>
      </span>
    </span>
  );
}

const ADDRESS_SHOWN_CHARACTERS = 200;
const shortened = (address: string) =>
  address.length > ADDRESS_SHOWN_CHARACTERS ? `${address.slice(0, ADDRESS_SHOWN_CHARACTERS)}…` : address;
