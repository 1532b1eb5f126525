import { describe, expect, it } from 'vitest';
import { nameFromDisplayName, nameProblem, PROVIDER_NAME } from './name';

describe('a name derived from a display name', () => {
  it.each([
    ['OpenAI production', 'openai-production'],
    ['  Müller GmbH: GPT (EU)  ', 'muller-gmbh-gpt-eu'],
    ['Straße', 'strasse'],
    ["Anna's key", 'annas-key'],
    ['4o mini', 'p-4o-mini'],
    ['--- A --- b ---', 'a-b'],
    ['日本', ''],
    ['', ''],
  ])('%j becomes %j', (displayName, name) => {
    expect(nameFromDisplayName(displayName)).toBe(name);
  });

  it('is always usable or empty, however long the text', () => {
    for (const text of [`${'x'.repeat(62)} yz`, '9'.repeat(253), 'É'.repeat(253), '-'.repeat(80), 'İstanbul 🚀 x']) {
      const name = nameFromDisplayName(text);
      if (name !== '') expect(name).toMatch(PROVIDER_NAME);
      expect(name.endsWith('-')).toBe(false);
    }
  });
});

describe('what is wrong with a name', () => {
  it.each([
    ['OpenAI', 'Use lowercase letters only.'],
    ['open ai', 'A space cannot be used: only lowercase letters, digits and hyphens.'],
    ['open_ai', '“_” cannot be used: only lowercase letters, digits and hyphens.'],
    ['4o', 'Start with a letter.'],
    ['-x', 'Start with a letter.'],
    ['x'.repeat(64), 'Use at most 63 characters; this is 64.'],
    ['openai', 'A provider named “openai” exists already.'],
  ])('%j is named', (name, problem) => {
    expect(nameProblem(name, ['openai'])).toBe(problem);
  });

  it('nothing is wrong with a good one, or with none yet', () => {
    expect(nameProblem('openai-2', ['openai'])).toBeNull();
    expect(nameProblem('x'.repeat(63), [])).toBeNull();
    expect(nameProblem('', [])).toBeNull();
  });
});
