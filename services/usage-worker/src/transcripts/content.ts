import { isUtf8 } from 'node:buffer';
import { type Reader, storedContent, type TranscriptMessageRow, type TranscriptPieceRow } from '@weir/clickhouse';
import type { PlacedTurn } from './placed-turn.js';
import { Remembered } from './remembered.js';

/** Ids remembered as stored; at some 250 bytes each. */
const REMEMBERED = 100_000;

export type ContentTable = 'transcript_pieces_v1' | 'transcript_messages_v1';

export interface ContentRow {
  readonly project_id: string;
  readonly conversation_id: string;
  readonly id: string;
  readonly expires_at: string;
}

const placeOf = ({ conversation_id, id }: ContentRow) => `${conversation_id}/${id}`;

/** Which of the content of turns is not stored yet, or not for long enough. */
export class Content {
  private readonly stored = new Remembered(REMEMBERED);

  constructor(private readonly reader: Reader) {}

  /** After anything was deleted: what is remembered may be gone. */
  forget(): void {
    this.stored.clear();
  }

  /**
   * @param rows of one project
   * @param isSure nothing that is stored is about to be deleted
   * @returns each once, with the latest day of those that are equal
   */
  async missing<R extends ContentRow>(
    table: ContentTable,
    projectId: string,
    rows: readonly R[],
    isSure = true,
  ): Promise<R[]> {
    const longest = new Map<string, R>();
    for (const row of rows) {
      const before = longest.get(placeOf(row));
      if (before === undefined || before.expires_at < row.expires_at) longest.set(placeOf(row), row);
    }
    if (!isSure) return [...longest.values()];
    const isKept = (place: string, row: R) => (this.stored.get(`${table}/${place}`) ?? '') >= row.expires_at;
    const unsure = [...longest].filter(([place, row]) => !isKept(place, row));
    const found = await storedContent(
      this.reader,
      table,
      projectId,
      unsure.map(([, row]) => row),
    );
    for (const [place, expires] of found) this.stored.set(`${table}/${place}`, expires);
    return unsure.filter(([place, row]) => !isKept(place, row)).map(([, row]) => row);
  }

  /** They are in the store now. */
  remember(table: ContentTable, rows: readonly ContentRow[]): void {
    for (const row of rows) this.stored.set(`${table}/${placeOf(row)}`, row.expires_at);
  }
}

const ownerOf = ({ turn: { head, expiresOn }, conversationId }: PlacedTurn) => ({
  project_id: head.projectId,
  conversation_id: conversationId,
  app_id: head.appId,
  user: head.user === null ? null : head.user.toWellFormed(),
  expires_at: expiresOn,
});

export function pieceRowsOf(one: PlacedTurn): TranscriptPieceRow[] {
  const owner = ownerOf(one);
  return [one.turn.requestBody, one.turn.responseBody].flatMap((body) =>
    (body?.pieces ?? []).map(({ id, bytes }) => {
      const isText = isUtf8(bytes);
      return { ...owner, id, is_base64: !isText, data: bytes.toString(isText ? 'utf8' : 'base64') };
    }),
  );
}

export function messageRowsOf(one: PlacedTurn): TranscriptMessageRow[] {
  const owner = ownerOf(one);
  return one.turn.said.rows.map((row) => ({ ...owner, ...row }));
}
