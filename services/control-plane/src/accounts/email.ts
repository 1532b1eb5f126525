import { z } from 'zod';

/** Lower case, as stored. Forgiving: only the mail server knows what it accepts, and `admin@localhost` is a fine one. */
export const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, 'must have at most 254 characters')
  .regex(/^[^\s@]+@[^\s@]+$/, 'must be an e-mail address');

export const displayName = z.string().trim().min(1, 'must not be empty').max(253, 'must have at most 253 characters');
