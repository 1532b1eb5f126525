import { exportedMessages, type SaidId } from '@weir/clickhouse';
import type { UsageReader } from '../../usage/reader.service.js';

/** As JSON text: what prompts repeat is read once, as long as it fits. */
const KEPT_CHARACTERS = 32 * 1024 * 1024;

export const placeOf = ({ conversationId, id }: SaidId): string => `${conversationId}/${id}`;

/** What was said in conversations, by `placeOf`. Holds some of it, the latest used. */
export class SaidStore {
  private readonly kept = new Map<string, string>();
  private characters = 0;

  constructor(
    private readonly reader: UsageReader,
    private readonly projectId: string,
  ) {}

  /** What is not stored any more is missing. */
  async read(asked: readonly SaidId[]): Promise<Map<string, string>> {
    const wanted = new Map(asked.map((one) => [placeOf(one), one]));
    const found = new Map<string, string>();
    for (const place of wanted.keys()) {
      const known = this.kept.get(place);
      if (known === undefined) continue;
      found.set(place, known);
      this.kept.delete(place);
      this.kept.set(place, known);
    }
    const missing = [...wanted].flatMap(([place, one]) => (found.has(place) ? [] : [one]));
    const read = await this.reader.ask((connection) => exportedMessages(connection, this.projectId, missing));
    for (const [place, json] of read) {
      found.set(place, json);
      this.keep(place, json);
    }
    return found;
  }

  private keep(place: string, json: string): void {
    // The same message of two conversations of which one alone asked for it.
    this.characters += json.length - (this.kept.get(place)?.length ?? 0);
    this.kept.set(place, json);
    for (const [oldest, text] of this.kept) {
      if (this.characters <= KEPT_CHARACTERS) return;
      this.kept.delete(oldest);
      this.characters -= text.length;
    }
  }
}
