import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { encoded, type FixtureMessage } from '../../test/bedrock-events.js';
import type { UsageReading } from '../provider-type.js';
import { bedrock } from './index.js';

interface Expected {
  readonly endpoint: string;
  readonly status: number;
  readonly contentType: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly sawToken: boolean;
  readonly reading: UsageReading;
}

const home = new URL('./fixtures/', import.meta.url);
const files = readdirSync(home);
const cases = files.filter((file) => file.endsWith('.expected.json')).map((file) => file.replace('.expected.json', ''));

function bytesOf(name: string): Buffer {
  const file = files.find((one) => one.startsWith(`${name}.`) && !one.endsWith('.expected.json')) as string;
  const bytes = readFileSync(new URL(file, home));
  return file.endsWith('.events.json') ? encoded(JSON.parse(bytes.toString()) as FixtureMessage[]) : bytes;
}

function read(pieces: readonly Buffer[], { endpoint, status, contentType, headers }: Expected) {
  const header = (name: string) => headers[name] ?? null;
  const reader = bedrock.usageReader(endpoint, { status, contentType, header });
  for (const piece of pieces) reader.push(piece);
  return { reading: reader.read(), sawToken: reader.sawToken };
}

describe('Bedrock answers', () => {
  it.each(cases)('%s reads the same whole, cut at every byte and byte by byte', (name) => {
    const expected = JSON.parse(readFileSync(new URL(`${name}.expected.json`, home), 'utf8')) as Expected;
    const { reading, sawToken } = expected;
    const bytes = bytesOf(name);
    expect(read([bytes], expected)).toEqual({ reading, sawToken });
    const text = JSON.stringify(read([bytes], expected));
    for (let cut = 0; cut <= bytes.length; cut++) {
      const answer = JSON.stringify(read([bytes.subarray(0, cut), bytes.subarray(cut)], expected));
      if (answer !== text) expect.fail(`cut at ${cut}: ${answer}`);
    }
    const single = Array.from({ length: bytes.length }, (_, at) => bytes.subarray(at, at + 1));
    expect(read(single, expected)).toEqual({ reading, sawToken });
  });
});
