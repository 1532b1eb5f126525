const MASK = '[credential]';
/** As much of a value in a row as could help anybody; shorter values are matched whole. */
const WINDOW_CHARACTERS = 8;

/** The value as it, or a header holding it, may be written by somebody who echoes it. */
function spellings(secret: string): string[] {
  const bytes = Buffer.from(secret);
  // In the middle of longer encoded text, base64 looks different at each of three offsets.
  const base64 = [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    return text.slice(Math.ceil((offset * 8) / 6), offset + bytes.length > 2 ? -1 : undefined);
  });
  return [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    bytes.toString('base64'),
    bytes.toString('base64url'),
    ...base64,
    ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
    [...secret].reverse().join(''),
  ];
}

/** Masks every trace of `secret`: whole, cut off or encoded. Text without a trace comes back unchanged. */
export function scrub(text: string, secret: string): string {
  const hidden = new Uint8Array(text.length);
  let isFound = false;
  for (const spelling of new Set(spellings(secret))) {
    const width = Math.min(WINDOW_CHARACTERS, spelling.length);
    if (width === 0) continue;
    const windows = new Set<string>();
    for (let at = 0; at + width <= spelling.length; at++) windows.add(spelling.slice(at, at + width));
    for (let at = 0; at + width <= text.length; at++) {
      if (!windows.has(text.slice(at, at + width))) continue;
      hidden.fill(1, at, at + width);
      isFound = true;
    }
  }
  return isFound ? masked(text, hidden) : text;
}

function masked(text: string, hidden: Uint8Array): string {
  let result = '';
  for (let at = 0; at < text.length; at++) {
    if (hidden[at] === 0) result += text[at];
    else if (at === 0 || hidden[at - 1] === 0) result += MASK;
  }
  return result;
}
