'use client';
import dynamic from 'next/dynamic';
import { createContext, useContext } from 'react';
import { LongText } from './long-text';
import { MARKDOWN_MAX_CHARACTERS } from './markdown/limit';

export type TextForm = 'text' | 'markdown';

const Form = createContext<TextForm>('text');
/** How prose is shown below; tools and bodies are text always. */
export const TextFormProvider = Form.Provider;

// A parser that only those pay for who want it.
const Markdown = dynamic(() => import('./markdown/markdown').then((room) => room.Markdown));

/** Prose of a message: as text, or on demand with its marks drawn. */
export function SaidText({ label, text }: { label: string; text: string }) {
  const form = useContext(Form);
  if (form === 'text' || text === '') return <LongText label={label} text={text} />;
  if (text.length <= MARKDOWN_MAX_CHARACTERS) return <Markdown label={label} text={text} />;
  return (
    <>
      <p className="mb-1 text-caption text-ink-3">Too long for Markdown to be drawn: shown as text.</p>
      <LongText label={label} text={text} />
    </>
  );
}
