import { parseAsBoolean } from 'nuqs/server';

/** Whether the dialog that creates something is open, so that the command palette and links can open it. */
export const createParser = parseAsBoolean.withDefault(false);
