import { readdirSync, readFileSync } from 'node:fs';
import type { ProviderType } from '@weir/contracts';
import { providerTypeOf, type UsageReading } from '../src/index.js';
import { encoded, type FixtureMessage } from './bedrock-events.js';

/** A recorded answer and the head it came with. */
export interface Recorded {
  readonly file: string;
  readonly type: ProviderType;
  readonly endpoint: string;
  readonly status: number;
  readonly contentType: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
}

const SOURCES = new URL('../src/', import.meta.url);

/** Every recorded answer of every dialect. */
export function recordedAnswers(): Recorded[] {
  const folders = readdirSync(SOURCES).filter((folder) => readdirOrNone(folder).length > 0);
  return folders.flatMap((folder) => {
    const files = readdirOrNone(folder);
    return files
      .filter((file) => !file.endsWith('.expected.json'))
      .map((file) => {
        const home = new URL(`${folder}/fixtures/`, SOURCES);
        const name = file.split('.', 1)[0];
        const head = JSON.parse(readFileSync(new URL(`${name}.expected.json`, home), 'utf8')) as Omit<
          Recorded,
          'bytes'
        >;
        const raw = readFileSync(new URL(file, home));
        const isMessages = file.endsWith('.events.json');
        const bytes = isMessages ? encoded(JSON.parse(raw.toString()) as FixtureMessage[]) : raw;
        const { endpoint, status, contentType, headers = {}, type = 'bedrock' } = head;
        return { file: `${folder}/${file}`, type, endpoint, status, contentType, headers, bytes };
      });
  });
}

function readdirOrNone(folder: string): string[] {
  try {
    return readdirSync(new URL(`${folder}/fixtures/`, SOURCES));
  } catch {
    // A room that is no dialect has no recorded answers.
    return [];
  }
}

/** What a dialect reads of an answer that comes in these pieces. */
export function readingOf(
  { type, endpoint, status, contentType, headers }: Omit<Recorded, 'bytes' | 'file'>,
  pieces: readonly Uint8Array[],
): UsageReading {
  const head = { status, contentType, header: (name: string) => headers[name] ?? null };
  const reader = providerTypeOf(type).usageReader(endpoint, head);
  for (const piece of pieces) reader.push(piece);
  return reader.read();
}
