const MAX_DEPTH = 100;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const MAX_KEY_BYTES = 96;

/** Top-level keys by which some upstream chooses a model. `models`, `fallbacks`: routers that take alternatives. */
export const MODEL_KEYS: readonly string[] = ['model', 'models', 'fallbacks', 'fallback_models'];

export interface JsonScan {
  readonly tooDeep: boolean;
  /** Top-level keys that mean one of `MODEL_KEYS` to some parser, as written, in order, repetitions included. */
  readonly modelKeys: readonly string[];
}

/**
 * One pass over JSON text before it is parsed: bounds its depth, and sees what `JSON.parse` hides: a key that occurs
 * twice, or once more in another case (Go's decoder ignores case), of which another parser may take the other value.
 */
export function scanJson(bytes: Uint8Array): JsonScan {
  const modelKeys: string[] = [];
  let depth = 0;
  let atKey = false;
  for (let i = 0; i < bytes.length; i++) {
    switch (bytes[i]) {
      case QUOTE: {
        const end = endOfString(bytes, i + 1);
        if (atKey && depth === 1) {
          const key = modelKeyOf(bytes, i, end);
          if (key !== null) modelKeys.push(key);
          atKey = false;
        }
        i = end;
        break;
      }
      case 0x7b: // {
        atKey = depth === 0;
        if (++depth > MAX_DEPTH) return { tooDeep: true, modelKeys };
        break;
      case 0x5b: // [
        if (++depth > MAX_DEPTH) return { tooDeep: true, modelKeys };
        break;
      case 0x7d: // }
      case 0x5d: // ]
        depth--;
        break;
      case 0x2c: // ,
        if (depth === 1) atKey = true;
        break;
    }
  }
  return { tooDeep: false, modelKeys };
}

/** Index of the closing quote, or the end of the text. */
function endOfString(bytes: Uint8Array, start: number): number {
  let i = start;
  const near = Math.min(bytes.length, start + 64);
  for (; i < near; i++) {
    if (bytes[i] === QUOTE) return i;
    if (bytes[i] === BACKSLASH) i++;
  }
  for (;;) {
    const quote = bytes.indexOf(QUOTE, i);
    if (quote < 0) return bytes.length;
    let back = quote - 1;
    while (back >= i && bytes[back] === BACKSLASH) back--;
    if ((quote - back) % 2 === 1) return quote;
    i = quote + 1;
  }
}

/** The key when it means one of `MODEL_KEYS` to some parser, else null. Nearly all keys are told by their first byte. */
function modelKeyOf(bytes: Uint8Array, start: number, end: number): string | null {
  const first = (bytes[start + 1] as number) | 0x20;
  const isOther = first > 0x20 && first < 0x80 && first !== 0x6d && first !== 0x66 && bytes[start + 1] !== BACKSLASH;
  const isUnterminated = end >= bytes.length;
  if (isOther || isUnterminated || end - start > MAX_KEY_BYTES) return null;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start + 1).toString('utf8');
  let key: string;
  try {
    key = JSON.parse(text) as string;
  } catch {
    // Broken text is found by the parser that follows.
    return null;
  }
  return MODEL_KEYS.includes(key.normalize('NFKC').toLowerCase().trim()) ? key : null;
}
