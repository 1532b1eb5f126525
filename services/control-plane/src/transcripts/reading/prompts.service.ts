import { Injectable } from '@nestjs/common';
import { conversationMessages, matchingTurns, turnPrompt } from '@weir/clickhouse';
import { uuid } from '@weir/contracts';
import { InputError } from '../../platform/errors.js';
import type { Viewer } from '../../platform/viewer.js';
import { UsageReader } from '../../usage/reader.service.js';
import { BodiesService } from '../bodies.service.js';
import type { SaidMessageType } from '../bodies.types.js';
import { toSearch } from '../conversation-filter.js';
import { TranscriptReads } from '../reads.service.js';
import { TranscriptSearches } from '../searches.service.js';
import { promptParameters } from './parameters.js';
import type { TurnPromptType } from './prompts.types.js';

const MAX_MESSAGES = 200;

/** Whole prompts, and words in them. Whoever reads or searches stands in the audit trail. */
@Injectable()
export class PromptsService {
  constructor(
    private readonly reader: UsageReader,
    private readonly reads: TranscriptReads,
    private readonly searches: TranscriptSearches,
    private readonly bodies: BodiesService,
  ) {}

  /** null = there is no such turn, or not any more. */
  async prompt(viewer: Viewer, conversationId: string, eventId: string): Promise<TurnPromptType | null> {
    if (!uuid.safeParse(conversationId).success || !uuid.safeParse(eventId).success) return null;
    const key = { conversationId, eventId };
    const prompt = await this.reader.ask((connection) => turnPrompt(connection, viewer.projectId, key));
    const stored = prompt && (await this.bodies.bytes(viewer, key, 'request'));
    if (!prompt || !stored) return null;
    await this.reads.record(viewer, 'transcript.read', conversationId, { from: eventId });
    const parameters = stored.bytes && promptParameters(stored.bytes);
    return { ...prompt, inputIds: [...prompt.inputIds], parameters, request: stored.facts };
  }

  /** Of those ids, what is stored; null = nothing. @throws InputError on `ids` */
  async messages(viewer: Viewer, conversationId: string, ids: readonly string[]): Promise<SaidMessageType[] | null> {
    if (ids.length > MAX_MESSAGES) {
      throw new InputError('MESSAGES_TOO_MANY', `Ask for at most ${MAX_MESSAGES} messages at a time.`, 'ids');
    }
    if (!uuid.safeParse(conversationId).success) return null;
    const found = await this.reader.ask((connection) =>
      conversationMessages(connection, viewer.projectId, conversationId, ids),
    );
    if (found.length === 0) return null;
    await this.reads.record(viewer, 'transcript.read', conversationId, {});
    return found;
  }

  /** null = no turn has these words. @throws InputError on `search` */
  async turnsWith(viewer: Viewer, conversationId: string, search: string): Promise<string[] | null> {
    const words = toSearch(search, 'search');
    if (words === undefined || !uuid.safeParse(conversationId).success) return null;
    await this.searches.recordSearch(viewer, words, { conversationId });
    const found = await this.reader.ask((connection) =>
      matchingTurns(connection, viewer.projectId, conversationId, words),
    );
    return found.length === 0 ? null : found;
  }
}
