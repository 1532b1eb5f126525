import { exportedMessages } from '@weir/clickhouse';
import type { UsageReader } from '../../usage/reader.service.js';

/** Of one conversation, as JSON text: what prompts repeat is read once, as long as it fits. */
const KEPT_CHARACTERS = 32 * 1024 * 1024;

/** What was said in a conversation, by id. Holds some of it, the latest used. */
export class SaidStore {
  private readonly kept = new Map<string, string>();
  private characters = 0;

  constructor(
    private readonly reader: UsageReader,
    private readonly projectId: string,
    private readonly conversationId: string,
  ) {}

  /** What is not stored any more is missing. */
  async read(ids: readonly string[]): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    for (const id of ids) {
      const known = this.kept.get(id);
      if (known === undefined) continue;
      found.set(id, known);
      this.kept.delete(id);
      this.kept.set(id, known);
    }
    const wanted = [...new Set(ids)].filter((id) => !found.has(id));
    const { projectId, conversationId } = this;
    const read = await this.reader.ask((connection) => exportedMessages(connection, projectId, conversationId, wanted));
    for (const [id, json] of read) {
      found.set(id, json);
      this.keep(id, json);
    }
    return found;
  }

  private keep(id: string, json: string): void {
    this.kept.set(id, json);
    this.characters += json.length;
    for (const [oldest, text] of this.kept) {
      if (this.characters <= KEPT_CHARACTERS) return;
      this.kept.delete(oldest);
      this.characters -= text.length;
    }
  }
}
