import type { RecordedBody, TranscriptFrame, TranscriptHead } from '@weir/contracts';
import {
  type ChainScope,
  type NativeIds,
  type ReplyReading,
  type RequestReading,
  readNativeIds,
  readRequest,
  type SplitBody,
  splitBody,
  type TurnLinks,
  titleOf,
  turnLinks,
} from '@weir/transcripts';
import { keptBytes, replyOf } from './bodies.js';
import { keyOf, statedConversationId } from './ids.js';
import { type Said, saidIn } from './said.js';

/** A recorded attempt, read: all that can be told of it without those before it. */
export interface ReadTurn {
  /** The batch it came in. */
  readonly batchId: string;
  readonly head: TranscriptHead;
  readonly scope: ChainScope;
  /** With ids of conversations that no other project, app or user can name. */
  readonly native: NativeIds;
  readonly statedId: string | null;
  /** Keys are UUIDs. */
  readonly links: TurnLinks;
  readonly isIncomplete: boolean;
  readonly reply: ReplyReading | null;
  readonly title: string;
  readonly said: Said;
  /** null = nothing is kept. */
  readonly requestBody: SplitBody | null;
  readonly responseBody: SplitBody | null;
  /** `YYYY-MM-DD` UTC: the first day it is gone. */
  readonly expiresOn: string;
}

const NOTHING_READ: RequestReading = {
  systemInstructions: [],
  toolDefinitions: [],
  inputMessages: [],
  unreadable: null,
};
const DAY_MS = 86_400_000;

/** @throws WeirError `TRANSCRIPT_FRAME_INVALID` where a body is not the one that was kept */
export function readTurn(
  { head, request: compressedRequest, response: compressedResponse }: TranscriptFrame,
  batchId: string,
): ReadTurn {
  const requestBytes = keptBytes(head.request, compressedRequest);
  const responseBytes = keptBytes(head.response, compressedResponse);
  const native = readNativeIds((name) => head.headers[name] ?? null, bodyOf(requestBytes), head.path, head.session);
  return turnOf(head, native, requestBytes, responseBytes, batchId);
}

/** @param stated ids as the call stated them */
export function turnOf(
  head: TranscriptHead,
  stated: NativeIds,
  requestBytes: Buffer,
  responseBytes: Buffer,
  batchId: string,
): ReadTurn {
  const isRequestCut = isCut(head.request);
  const request = requestBytes.length === 0 ? NOTHING_READ : readRequest(head.endpoint, requestBytes, isRequestCut);
  const reply = replyOf(head.response, responseBytes);
  const scope: ChainScope = { projectId: head.projectId, appId: head.appId, user: head.user };
  const keptUpstream =
    stated.previousResponseId ?? (stated.conversation?.inferredBy === 'provider_id' ? stated.conversation.id : null);
  const unread = [
    ...(request.unreadable !== null ? [requestBytes] : []),
    ...(reply !== null && reply.outputMessages.length === 0 && reply.errors.length === 0 ? [responseBytes] : []),
  ];
  return {
    batchId,
    head,
    scope,
    native: within(scope, stated),
    statedId: stated.conversation?.id ?? null,
    // Of a cut request the end, by which turns are joined, is not known.
    links: shortened(
      turnLinks(scope, isRequestCut ? NOTHING_READ : request, isCut(head.response) ? null : reply, keptUpstream),
    ),
    isIncomplete: reply === null || isCut(head.response) ? head.outcome !== 'completed' : !reply.complete,
    reply,
    title: titleOf(request.inputMessages),
    said: saidIn(request, reply, unread),
    requestBody: requestBytes.length === 0 ? null : splitBody(requestBytes),
    responseBody: responseBytes.length === 0 ? null : splitBody(responseBytes),
    expiresOn: new Date((Math.floor(head.startedAt / DAY_MS) + head.retentionDays + 1) * DAY_MS)
      .toISOString()
      .slice(0, 10),
  };
}

/** What was cut where it was recorded is no whole answer that a later request could repeat. */
const isCut = ({ state }: RecordedBody) => state === 'truncated';

export function bodyOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    // What is no JSON names nothing.
    return null;
  }
}

function within(scope: ChainScope, native: NativeIds): NativeIds {
  const { conversation, parentConversationId } = native;
  return {
    ...native,
    conversation: conversation && { ...conversation, id: statedConversationId(scope, conversation.id) },
    parentConversationId: parentConversationId && statedConversationId(scope, parentConversationId),
  };
}

/** The answer of an agent that writes a large file is no list of agents to start. */
const SPAWN_KEYS_MAX = 64;

function shortened(links: TurnLinks): TurnLinks {
  const { keys, marks, replyMarks, requestKey, pastKeys, replyKeys, persona, openingKey, spawnKeys } = links;
  return {
    ...links,
    keys: keys.map(keyOf),
    requestKey: requestKey && keyOf(requestKey),
    pastKeys: pastKeys.map(keyOf),
    replyKeys: requestKey === null ? [] : replyKeys.map(keyOf),
    marks: marks.map(keyOf),
    replyMarks: replyMarks.map(keyOf),
    persona: keyOf(persona),
    openingKey: openingKey && keyOf(openingKey),
    spawnKeys: spawnKeys.slice(0, SPAWN_KEYS_MAX).map(({ callId, key }) => ({ callId, key: keyOf(key) })),
  };
}
