import { Inject, Injectable } from '@nestjs/common';
import { newId, uuid } from '@weir/contracts';
import { CONFIG, type Config } from '../../platform/config.js';
import { InputError } from '../../platform/errors.js';
import type { Viewer } from '../../platform/viewer.js';
import { toConversationFilter } from '../conversation-filter.js';
import type { ExportTranscriptsInput, TranscriptExportType } from './export.types.js';
import { type ExportOrder, openOrder, sealOrder } from './sealed-order.js';

export const DOWNLOADS = '/download/transcripts';

const VALID_MS = 10 * 60_000;
/** With what else a browser sends it stays below the 16 KiB that Node takes. */
const MAX_ORDER_CHARACTERS = 8_000;

/** Makes orders of an export into addresses, and back. */
@Injectable()
export class ExportOrders {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** @throws InputError naming the field */
  order(viewer: Viewer, { form, conversationId, filter }: ExportTranscriptsInput): TranscriptExportType {
    const { accountId, projectId } = viewer;
    const id = conversationId ?? null;
    if (id !== null && !uuid.safeParse(id).success) {
      throw new InputError('ID_INVALID', 'This is no id of a conversation.', 'input.conversationId');
    }
    const { searchIdsOnly: _, ...stored } = toConversationFilter(filter ?? {}, true);
    const orderedAt = Date.now();
    const wanted = { accountId, projectId, orderedAt, form, conversationId: id, filter: stored } as ExportOrder;
    const sealed = sealOrder(this.config.masterKey.downloadKey, wanted);
    if (sealed.length > MAX_ORDER_CHARACTERS) {
      throw new InputError('FILTER_TOO_LONG', 'Name fewer values in the filter of an export.', 'input.filter');
    }
    const fileName = fileNameOf(wanted);
    return { fileName, downloadUrl: `${DOWNLOADS}/${newId()}/${fileName}?order=${sealed}` };
  }

  /** null = it is none of this person, or is past its time. */
  find({ accountId, projectId }: Viewer, sealed: string): ExportOrder | null {
    const order = openOrder(this.config.masterKey.downloadKey, sealed);
    if (order === null || order.accountId !== accountId || order.projectId !== projectId) return null;
    return Date.now() - order.orderedAt <= VALID_MS ? order : null;
  }
}

/** `weir-conversation_<id>.openai.jsonl`, `weir-conversations_2026-11-22.otel.jsonl`; days are UTC. */
export function fileNameOf({ conversationId, form, orderedAt }: ExportOrder): string {
  const what =
    conversationId === null
      ? `conversations_${new Date(orderedAt).toISOString().slice(0, 10)}`
      : `conversation_${conversationId}`;
  return `weir-${what}.${form}.jsonl`;
}
