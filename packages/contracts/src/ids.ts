import { v7 } from 'uuid';
import { z } from 'zod';

/** UUIDv7: unique and ordered by creation time, so it doubles as the keyset for paging. */
export function newId(): string {
  return v7();
}

/** A provider's immutable name; it is a segment of the proxy URL. */
export const PROVIDER_NAME = /^[a-z][a-z0-9-]{0,62}$/;
export const providerName = z
  .string()
  .regex(
    PROVIDER_NAME,
    'must start with a lowercase letter and hold lowercase letters, digits and hyphens (63 at most)',
  );

/** A secret reference, for example OPENAI_API_KEY. */
export const SECRET_ID = /^[A-Z][A-Z0-9_]{0,127}$/;
export const secretId = z
  .string()
  .regex(SECRET_ID, 'must be UPPER_SNAKE_CASE and start with a letter (128 characters at most)');

export const uuid = z.string().uuid();
