import { searchWords } from '@weir/clickhouse';
import {
  type Message,
  messageId,
  type OutputMessage,
  type Part,
  pieceId,
  type ReplyReading,
  type RequestReading,
} from '@weir/transcripts';

/** What is stored of a turn once for its conversation. */
export interface SaidRow {
  readonly id: string;
  readonly kind: 'message' | 'system' | 'tools' | 'text';
  readonly role: string;
  readonly content: string;
  readonly words: string;
}

export interface Said {
  readonly rows: readonly SaidRow[];
  /** '' = none. */
  readonly systemId: string;
  readonly toolsId: string;
  readonly inputIds: readonly string[];
  readonly inputRoles: readonly string[];
  readonly outputIds: readonly string[];
  readonly textIds: readonly string[];
}

/** @param unread bodies of no known form, whose words can be looked for all the same */
export function saidIn(request: RequestReading, reply: ReplyReading | null, unread: readonly Buffer[]): Said {
  const rows = new Map<string, SaidRow>();
  const keep = (row: SaidRow): string => {
    if (!rows.has(row.id)) rows.set(row.id, row);
    return row.id;
  };
  const inputIds = request.inputMessages.map((message) => keep(messageRow(message, 'message')));
  const outputIds = (reply?.outputMessages ?? []).map((message) => keep(messageRow(answerOf(message), 'message')));
  const { systemInstructions, toolDefinitions } = request;
  const systemId =
    systemInstructions.length === 0
      ? ''
      : keep(messageRow({ role: 'system', parts: [...systemInstructions] }, 'system'));
  const toolsId = toolDefinitions.length === 0 ? '' : keep(textRow('tools', JSON.stringify(toolDefinitions)));
  const textIds = unread.flatMap((bytes) => {
    const words = searchWords(bytes.toString('utf8')).join(' ');
    return words === '' ? [] : [keep({ id: pieceId(bytes), kind: 'text', role: '', content: '', words })];
  });
  const inputRoles = request.inputMessages.map(({ role }) => role);
  return { rows: [...rows.values()], systemId, toolsId, inputIds, inputRoles, outputIds, textIds };
}

/** Why it ended is told by the turn. */
const answerOf = ({ role, parts, name }: OutputMessage): Message => ({
  role,
  parts,
  ...(name !== undefined && { name }),
});

function messageRow(message: Message, kind: 'message' | 'system'): SaidRow {
  return {
    id: messageId(message),
    kind,
    role: message.role,
    content: JSON.stringify(message),
    words: searchWords(message.parts.flatMap(textsOf).join(' ')).join(' '),
  };
}

/** Nobody looks for a tool by its description; its calls are found. */
const textRow = (kind: 'tools', content: string): SaidRow => ({
  id: pieceId(Buffer.from(content)),
  kind,
  role: '',
  content,
  words: '',
});

/** Kinds and encodings are nobody's words. */
const UNSAID: ReadonlySet<string> = new Set(['type', 'modality', 'mime_type', 'sha256', 'size_bytes']);

function textsOf(part: Part): string[] {
  return Object.entries(part).flatMap(([name, value]) => (UNSAID.has(name) ? [] : stringsIn(value)));
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number') return [String(value)];
  if (typeof value !== 'object' || value === null) return [];
  return Array.isArray(value)
    ? value.flatMap(stringsIn)
    : Object.entries(value).flatMap(([name, member]) => [name, ...stringsIn(member)]);
}
