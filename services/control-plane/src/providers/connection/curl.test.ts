import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { toCurl } from './curl.js';

/** What a shell makes of the line: `curl` is replaced by a program that prints its arguments. */
function argumentsOf(line: string): string[] {
  const script = `curl() { for a in "$@"; do printf '%s\\0' "$a"; done; }\n${line}`;
  const env = { OPENAI_API_KEY: 'sk-from-the-shell' };
  return execFileSync('sh', ['-c', script], { env, encoding: 'utf8' }).split('\0').slice(0, -1);
}

test('a shell runs it as the same call, with the key from its environment', () => {
  const probe = {
    method: 'POST' as const,
    path: 'v1/chat/completions',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: `it's "quoted" $HOME \`id\` \\`, n: 1 }),
  };
  const headers = ['authorization', 'Bearer $OPENAI_API_KEY'];
  const line = toCurl('https://api.example.com/v1/chat/completions', probe, { headers, options: [] });
  expect(argumentsOf(line)).toEqual([
    '-X',
    'POST',
    'https://api.example.com/v1/chat/completions',
    '-H',
    'authorization: Bearer sk-from-the-shell',
    '-H',
    'content-type: application/json',
    '-d',
    probe.body,
  ]);
});

test('a listing needs no method and no body', () => {
  const probe = { method: 'GET' as const, path: 'v1/models', headers: {}, body: null };
  expect(toCurl('https://api.example.com/v1/models', probe, { headers: [], options: [] })).toBe(
    "curl 'https://api.example.com/v1/models'",
  );
});
