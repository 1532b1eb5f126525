/** The slot whose secret is a whole document, where all others are one word. */
const DOCUMENT_SLOT = 'service_account_key';
export const isDocument = (slot: string) => slot === DOCUMENT_SLOT;

/** What is wrong with a pasted secret value; null when it may be used. The value itself is never repeated. */
export function secretValueProblem(value: string, slot = ''): string | null {
  const trimmed = value.trim();
  if (trimmed === '') return null;
  if (/^weir_/.test(trimmed)) return 'This is a token of this gateway. Paste the key the upstream gave you.';
  if (isDocument(slot)) return documentProblem(trimmed);
  // A key file is pasted under Secrets too, where nobody says what it is for.
  if (slot === '' && keyFileOf(trimmed)) return null;
  if (/^(['"“”`]).*\1$/.test(trimmed) || /^“.*”$/.test(trimmed)) return 'Leave out the quotation marks.';
  if (/^bearer\s/i.test(trimmed)) return 'Leave out the word “Bearer”.';
  if (/\s/.test(trimmed)) return 'There is a space or line break inside; copy the key again.';
  if (/[^\x21-\x7e]/.test(trimmed)) return 'There is a character that no key contains; copy the key again.';
  return null;
}

/** The value as it is sent: without the blanks of pasting; a key file on one line. */
export function sentSecretValue(value: string, slot = ''): string {
  const trimmed = value.trim();
  const file = isDocument(slot) || slot === '' ? keyFileOf(trimmed) : null;
  return file ? JSON.stringify(file) : trimmed;
}

function documentProblem(text: string): string | null {
  const file = keyFileOf(text);
  if (!file) return 'This is not the whole JSON key file. Paste all of it, from { to }.';
  if (file.type !== 'service_account') return 'This JSON is no service-account key: its “type” says something else.';
  if (typeof file.private_key !== 'string' || typeof file.client_email !== 'string') {
    return 'This key file lacks its private_key or client_email; download it again.';
  }
  return null;
}

function keyFileOf(text: string): Record<string, unknown> | null {
  if (!text.startsWith('{')) return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    // Half a file, or no JSON: said by the caller.
    return null;
  }
}
