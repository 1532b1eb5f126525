import { expect, test } from 'vitest';
import { visible } from './visible';

test('marks of direction are shown, so that no name of a file is read backwards', () => {
  expect(visible('\u202egnp.exe \u2066a\u2069')).toBe('⟨U+202E⟩gnp.exe ⟨U+2066⟩a⟨U+2069⟩');
  expect(visible('שלום, Привет, 北京 😀\n\t')).toBe('שלום, Привет, 北京 😀\n\t');
});
