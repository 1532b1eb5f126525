import { readdirSync, readFileSync } from 'node:fs';
import { answerText } from '@weir/providers';
import { describe, expect, it } from 'vitest';
import { outputMessage, readReply } from '../index.js';

const PROVIDERS = new URL('../../../providers/src/', import.meta.url);

interface Expected {
  readonly endpoint: string;
  readonly status: number;
  readonly reading: { readonly finished: boolean; readonly errorCode: string | null };
}

const WORDS =
  /^(?:chat\.completions|completions|responses|messages|generate_content|stream_generate_content|converse|invoke|chat)$/;

/** Answers as upstreams sent them, in text; what each says about itself is written beside it. */
const recorded = readdirSync(PROVIDERS).flatMap((folder) => {
  const home = new URL(`${folder}/fixtures/`, PROVIDERS);
  const files = namesIn(home).filter(
    (name) => /\.(?:json|sse|ndjson)$/.test(name) && !/\.(?:expected|events)\.json$/.test(name),
  );
  return files.map((file) => {
    const expected = JSON.parse(
      readFileSync(new URL(`${file.split('.', 1)[0]}.expected.json`, home), 'utf8'),
    ) as Expected;
    return { file: `${folder}/${file}`, bytes: readFileSync(new URL(file, home)), ...expected };
  });
});

function namesIn(home: URL): string[] {
  try {
    return readdirSync(home);
  } catch {
    // A room that is no dialect has no recorded answers.
    return [];
  }
}

const lettersOf = (text: string) => text.replace(/[^\p{L}\d]/gu, '');

describe('recorded answers', { timeout: 60_000 }, () => {
  const worded = recorded.filter(({ endpoint }) => WORDS.test(endpoint));
  it('are many', () => expect(worded.length).toBeGreaterThan(100));

  it.each(worded)('$file', ({ bytes, status }) => {
    const reading = readReply(bytes);
    for (const message of reading.outputMessages) outputMessage.parse(message);
    const words = lettersOf(JSON.stringify(reading.outputMessages.map(({ parts }) => parts)));
    if (status >= 400) expect(reading.outputMessages.every(({ parts }) => parts.length === 0)).toBe(true);
    else for (const text of answerText(bytes)?.texts ?? []) expect(words).toContain(lettersOf(text));
  });
});
