import { SECRET_ID } from '@weir/contracts';
import { InputError } from '../platform/errors.js';

/** @throws InputError on `field` */
export function parseSecretId(raw: string, field = 'secretId'): string {
  const id = raw.trim();
  if (SECRET_ID.test(id)) return id;
  throw new InputError(
    'SECRET_ID_INVALID',
    'A secret reference is UPPER_SNAKE_CASE and starts with a letter, for example OPENAI_API_KEY (128 characters at most).',
    field,
  );
}
