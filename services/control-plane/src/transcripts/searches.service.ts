import { createHash, createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { searchWords } from '@weir/clickhouse';
import type { Prisma } from '@weir/prisma';
import { CONFIG, type Config } from '../platform/config.js';
import type { Viewer } from '../platform/viewer.js';
import type { ConversationFilter } from './conversations.types.js';
import { TranscriptReads } from './reads.service.js';

/** Hex characters of a hash that are kept: enough to tell questions apart, in one line of a screen. */
const FINGERPRINT_LENGTH = 16;

/**
 * The trail of searches and of titles in lists, which tell what was said as well as opening it does. The words themselves
 * are not kept, since the trail outlives what was said and any deletion of it: how many they were, and a keyed hash by which the
 * same words are known again.
 */
@Injectable()
export class TranscriptSearches {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly reads: TranscriptReads,
  ) {}

  /** Before the answer, which tells something even where nothing is found. Searches without a word are none. */
  async recordSearch(viewer: Viewer, search: string | undefined, within: Prisma.InputJsonObject): Promise<void> {
    const words = searchWords(search ?? '');
    if (words.length === 0) return;
    const hash = createHmac('sha256', this.config.masterKey.searchPepper).update(words.toSorted().join(' '));
    const fingerprint = hash.digest('hex').slice(0, FINGERPRINT_LENGTH);
    const subject = `${words.length} ${words.length === 1 ? 'word' : 'words'}, ${fingerprint}`;
    await this.reads.record(viewer, 'transcript.search', subject, { ...within, question: questionOf(within) });
  }

  /** @param shown titles on this page */
  async recordTitles(viewer: Viewer, filter: Prisma.InputJsonObject, shown: number): Promise<void> {
    if (shown === 0) return;
    await this.reads.record(viewer, 'transcript.list', 'titles', { filter, shown, question: questionOf(filter) });
  }
}

/** A filter for the trail: what was looked through, without the words that were looked for. */
export function filterInTrail({ search: _, from, to, ...rest }: ConversationFilter): Prisma.InputJsonObject {
  const set = Object.entries(rest).filter(([, value]) => value !== null && value !== undefined);
  return {
    ...(Object.fromEntries(set) as Prisma.InputJsonObject),
    ...(from && { from: from.toISOString() }),
    ...(to && { to: to.toISOString() }),
  };
}

/** The same for a range that moves on while a list is looked at. */
function questionOf(within: Prisma.InputJsonObject): string {
  const { from: _from, to: _to, ...rest } = within;
  return createHash('sha256').update(JSON.stringify(rest)).digest('hex').slice(0, FINGERPRINT_LENGTH);
}
