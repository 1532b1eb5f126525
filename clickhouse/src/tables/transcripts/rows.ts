import { z } from 'zod';

const text = z.string();
const maybeText = z.string().nullable();
const maybeNumber = z.number().nullable();
/** `YYYY-MM-DD`, UTC: the first day the row is gone. */
const expires = z.string();
/** Whose conversation it is. */
const owner = { app_id: text, user: maybeText };
const conversation = { project_id: text, conversation_id: text };

/** One row of transcript_turns_v1; `started_at` is `YYYY-MM-DD hh:mm:ss.mmm` UTC. */
export const transcriptTurnRow = z.object({
  ...conversation,
  started_at: text,
  event_id: text,
  call_id: text,
  attempt: z.number(),
  environment: text,
  provider: text,
  provider_id: text,
  provider_type: text,
  endpoint: text,
  path: text,
  requested_model: maybeText,
  served_model: maybeText,
  streamed: z.boolean(),
  ...owner,
  app: text,
  agent: maybeText,
  tags: z.record(z.string(), z.string()),
  stated_id: maybeText,
  inferred_by: maybeText,
  relation: text,
  parent_event_id: maybeText,
  spawn_call_id: maybeText,
  agent_id: maybeText,
  parent_agent_id: maybeText,
  parent_session_id: maybeText,
  trace_id: maybeText,
  span_id: maybeText,
  response_id: maybeText,
  outcome: text,
  error_code: maybeText,
  status: maybeNumber,
  upstream_error_code: maybeText,
  upstream_error_message: maybeText,
  incomplete_reason: maybeText,
  is_failed: z.boolean(),
  awaits_tool: z.boolean(),
  first_token_ms: maybeNumber,
  duration_ms: maybeNumber,
  title: text,
  system_id: text,
  tools_id: text,
  input_ids: z.array(text),
  input_known: z.number(),
  output_ids: z.array(text),
  text_ids: z.array(text),
  finish_reasons: z.array(text),
  native_finish_reasons: z.array(text),
  request_state: text,
  request_reason: maybeText,
  request_content_type: text,
  request_bytes: maybeNumber,
  request_kept_bytes: z.number(),
  request_redactions: z.record(z.string(), z.number()),
  request_skeleton: text,
  response_state: text,
  response_reason: maybeText,
  response_content_type: text,
  response_bytes: maybeNumber,
  response_kept_bytes: z.number(),
  response_redactions: z.record(z.string(), z.number()),
  response_skeleton: text,
  expires_at: expires,
  batch_id: text,
});
export type TranscriptTurnRow = z.output<typeof transcriptTurnRow>;

/** With when it was stored, as `started_at`. */
export const transcriptMovedTurnRow = transcriptTurnRow.extend({ stored_at: text });

/** One row of transcript_pieces_v1. */
export const transcriptPieceRow = z.object({
  ...conversation,
  id: text,
  is_base64: z.boolean(),
  data: text,
  ...owner,
  expires_at: expires,
});
export type TranscriptPieceRow = z.output<typeof transcriptPieceRow>;

/** One row of transcript_messages_v1; `words` are those of `searchWords`, with a space between them. */
export const transcriptMessageRow = z.object({
  ...conversation,
  id: text,
  kind: z.enum(['message', 'system', 'tools', 'text']),
  role: text,
  content: text,
  words: text,
  ...owner,
  expires_at: expires,
});
export type TranscriptMessageRow = z.output<typeof transcriptMessageRow>;

export const LINK_KINDS = ['request', 'reply', 'after', 'spawn', 'response_id', 'parent'] as const;

/** One row of transcript_links_v1; keys are UUIDs. */
export const transcriptLinkRow = z.object({
  project_id: text,
  key: text,
  kind: z.enum(LINK_KINDS),
  event_id: text,
  conversation_id: text,
  started_at: text,
  request_key: maybeText,
  after_key: maybeText,
  has_reply: z.boolean(),
  persona: text,
  is_incomplete: z.boolean(),
  call_id: maybeText,
  ...owner,
  provider_id: text,
  expires_at: expires,
  /** As `started_at`. */
  stored_at: text,
});
export type TranscriptLinkRow = z.output<typeof transcriptLinkRow>;

/** One row of transcript_buried_links_v1: a link of a turn that was deleted, without whose it was. */
export const transcriptBuriedLinkRow = transcriptLinkRow
  .omit({ call_id: true, app_id: true, user: true, provider_id: true, stored_at: true })
  .extend({ ordered_at: text });
export type TranscriptBuriedLinkRow = z.output<typeof transcriptBuriedLinkRow>;

/** One row of transcript_wanted_v1: a link that a turn was looked for by in vain; `reply` stands for `request`, too. */
export const transcriptWantedRow = transcriptLinkRow
  .pick({ project_id: true, key: true, event_id: true, conversation_id: true, started_at: true })
  .extend({ kind: z.enum(['reply', 'spawn', 'response_id']), ...owner, provider_id: text, expires_at: expires });
export type TranscriptWantedRow = z.output<typeof transcriptWantedRow>;

/** One row of transcript_merged_v1: a conversation that has become part of another one. */
export const transcriptMergedRow = z.object({
  ...conversation,
  into_id: text,
  started_at: text,
  merged_at: text,
  expires_at: expires,
});

/** One row of transcript_deletions_v1; null = no restriction. */
export const transcriptDeletionRow = z.object({
  project_id: text,
  deletion_id: text,
  ordered_at: text,
  conversation_id: maybeText,
  app_id: maybeText,
  user: maybeText,
  provider_id: maybeText,
  from_at: maybeText,
  to_at: maybeText,
  /** Nothing was found to be left. */
  is_done: z.boolean(),
});
export type TranscriptDeletionRow = z.output<typeof transcriptDeletionRow>;
