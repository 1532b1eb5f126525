import { expect, test } from 'vitest';
import { visible } from './visible';

test('marks of direction are shown, so that no name of a file is read backwards', () => {
  expect(visible('\u202egnp.exe \u2066a\u2069')).toBe('⟨U+202E⟩gnp.exe ⟨U+2066⟩a⟨U+2069⟩');
});

test('what steers terminals, or takes no room, is shown', () => {
  expect(visible('\u001b[2Jgone\u0000 a\u200bb \ufeffc')).toBe('⟨U+001B⟩[2Jgone⟨U+0000⟩ a⟨U+200B⟩b ⟨U+FEFF⟩c');
  const tags = [...'obey'].map((letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))).join('');
  expect(visible(`Hello${tags}.`)).toBe('Hello⟨unseen: obey⟩.');
});

test('what people write stays as it is', () => {
  const text = 'שלום, Привет, 北京, می‌خواهم, 👩‍👩‍👧 😀\r\n\t';
  expect(visible(text)).toBe(text);
});
