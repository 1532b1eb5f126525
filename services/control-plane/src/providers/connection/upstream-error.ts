const MAX_CHARACTERS = 400;

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

/** The sentence in an error body, wherever this dialect keeps it. */
function sentenceOf(value: unknown): string | null {
  if (typeof value === 'string') return value.trim() || null;
  if (Array.isArray(value)) return sentenceOf(value[0]);
  if (!isFields(value)) return null;
  for (const field of ['message', 'Message', 'error', 'detail', 'msg', 'title']) {
    const sentence = sentenceOf(value[field]);
    if (sentence !== null) return sentence;
  }
  return null;
}

/** What the upstream said went wrong, on one line and shortened; null when it said nothing. */
export function upstreamErrorOf(body: string, isHtml: boolean): string | null {
  const text = isHtml ? titleOf(body) : (sentenceOf(parsed(body)) ?? body);
  const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  if (line === '') return null;
  return line.length > MAX_CHARACTERS ? `${line.slice(0, MAX_CHARACTERS - 1)}…` : line;
}

function titleOf(html: string): string {
  return /<title[^>]*>([^<]*)/i.exec(html)?.[1] ?? '';
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    // Plain text then; the caller shows it as it is.
    return null;
  }
}
