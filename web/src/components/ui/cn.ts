import { extendTailwindMerge } from 'tailwind-merge';

/** Joins class names; the later of two that set the same property wins. Knows the type sizes of globals.css. */
export const cn = extendTailwindMerge({
  extend: { theme: { text: ['caption', 'table', 'base', 'section', 'title'], spacing: ['row', 'sidebar'] } },
});
