import { describe, expect, it } from 'vitest';
import { type Message, titleOf } from '../index.js';

const user = (...texts: string[]): Message => ({
  role: 'user',
  parts: texts.map((content) => ({ type: 'text', content })),
});

describe('a title', () => {
  it('is what a person asked first, without what an agent put beside it', () => {
    const reminded = user('<system-reminder>\nMind this.\n</system-reminder>\n');
    const asked = user(
      '<environment_context>here</environment_context>',
      '<session_context>\nToday\n</session_context>',
      '  Which water\n is this? ',
    );
    expect(titleOf([{ role: 'system', parts: [] }, reminded, asked, user('And now?')])).toBe('Which water is this?');
  });

  it('has at most 200 characters and cuts none in two', () => {
    expect(titleOf([user('🌊'.repeat(300))])).toBe('🌊'.repeat(200));
  });

  it('is empty where nobody asked in words', () => {
    expect(titleOf([{ role: 'assistant', parts: [{ type: 'text', content: 'Hello.' }] }])).toBe('');
  });
});
