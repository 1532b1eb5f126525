import { z } from 'zod';

const modality = z.enum(['image', 'video', 'audio', 'document']);
export type Modality = z.infer<typeof modality>;

const media = { modality, mime_type: z.string().nullable(), transcript: z.string().optional() };

/**
 * Parts of a message by the names of the OpenTelemetry GenAI conventions. Beyond them: `refusal`, `other`, the marks that
 * are true where they are, and that a `blob` stands for its bytes instead of holding them.
 * (https://github.com/open-telemetry/semantic-conventions-genai/tree/main/model/gen-ai)
 */
export const part = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), content: z.string() }),
  /** `signed`: the upstream vouches for it; `encrypted`: there is more of it that only the upstream can read. */
  z.object({
    type: z.literal('reasoning'),
    content: z.string(),
    signed: z.literal(true).optional(),
    encrypted: z.literal(true).optional(),
  }),
  /** `arguments_unparsed`: the model's words for them are no JSON, or none that a parser keeps; then they are that text. */
  z.object({
    type: z.literal('tool_call'),
    id: z.string().nullable(),
    name: z.string(),
    arguments: z.json(),
    arguments_unparsed: z.literal(true).optional(),
  }),
  /** `name`: of the tool, where no id tells which call is answered. */
  z.object({
    type: z.literal('tool_call_response'),
    id: z.string().nullable(),
    name: z.string().optional(),
    response: z.json(),
    is_error: z.literal(true).optional(),
  }),
  z.object({
    type: z.literal('server_tool_call'),
    id: z.string().nullable(),
    name: z.string(),
    server_tool_call: z.looseObject({ type: z.string() }),
  }),
  z.object({
    type: z.literal('server_tool_call_response'),
    id: z.string().nullable(),
    server_tool_call_response: z.looseObject({ type: z.string() }),
  }),
  z.object({ type: z.literal('refusal'), content: z.string() }),
  z.object({ type: z.literal('blob'), ...media, size_bytes: z.int().nonnegative(), sha256: z.string() }),
  z.object({ type: z.literal('uri'), ...media, uri: z.string() }),
  z.object({ type: z.literal('file'), ...media, file_id: z.string() }),
  z.object({ type: z.literal('compaction'), content: z.string().nullable() }),
  /** A kind that has no name here, as it was sent. */
  z.object({ type: z.literal('other'), native_type: z.string(), content: z.json() }),
]);
export type Part = z.infer<typeof part>;
export type PartOf<T extends Part['type']> = Extract<Part, { type: T }>;
