import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { uuid } from '@weir/contracts';
import { z } from 'zod';

const list = z.array(z.string()).optional();

/** What an address of an export stands for, and who may have it until when (UTC epoch ms). */
const order = z.object({
  accountId: uuid,
  projectId: uuid,
  orderedAt: z.int(),
  form: z.enum(['openai', 'otel']),
  conversationId: uuid.nullable(),
  /** A `ConversationFilter` of the store. */
  filter: z.object({
    ...{ providers: list, models: list, apps: list, users: list, agents: list, environments: list, errorCodes: list },
    tags: z.array(z.object({ key: z.string(), values: z.array(z.string()) })).optional(),
    ...{ from: z.int().optional(), to: z.int().optional(), slowerThanMs: z.number().optional() },
    ...{ search: z.string().optional(), costlierThanUsd: z.string().optional() },
    statuses: z.array(z.enum(['running', 'completed', 'error'])).optional(),
  }),
});
export type ExportOrder = z.output<typeof order>;

const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * An order as text for an address: it can be neither read nor changed, so that words that were looked for are in no log, and
 * nothing about it has to be kept.
 */
export function sealOrder(key: Buffer, wanted: ExportOrder): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const sealed = Buffer.concat([cipher.update(JSON.stringify(wanted)), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** null = we never made it. */
export function openOrder(key: Buffer, text: string): ExportOrder | null {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length <= IV_BYTES + TAG_BYTES) return null;
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
    decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    const opened = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
    return order.parse(JSON.parse(opened.toString()));
  } catch {
    // Damaged or made up: which of them is nobody's business.
    return null;
  }
}
