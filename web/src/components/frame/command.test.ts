import { Search } from 'lucide-react';
import { expect, test } from 'vitest';
import { type Command, matching } from './command';

const command = (group: string, label: string, extra: Partial<Command> = {}): Command => ({
  id: `${group}/${label}`,
  group,
  label,
  icon: Search,
  ...extra,
});
const commands = [
  command('Go to', 'LLM Providers', { words: 'upstream' }),
  command('Go to', 'Cost & Usage', { words: 'spend' }),
  command('Providers', 'OpenAI production', { detail: 'openai-prod' }),
  command('Apps', 'provisioner'),
];
const labels = (text: string) => matching(commands, text).map(({ label }) => label);

test('an empty text keeps everything in order', () => {
  expect(labels('  ')).toEqual(commands.map(({ label }) => label));
});

test('every word must occur, in label, id or other words', () => {
  expect(labels('openai prod')).toEqual(['OpenAI production']);
  expect(labels('SPEND')).toEqual(['Cost & Usage']);
  expect(labels('openai nothing')).toEqual([]);
});

test('what starts with the text comes before what merely holds it, and groups stay together', () => {
  expect(labels('prov')).toEqual(['provisioner', 'LLM Providers']);
});
