/** Marks that turn the direction of what follows, steer a terminal, or take no room: a text with them reads as another than it is. */
const UNSEEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is looked for.
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;
/** A copy of ASCII that is never drawn: models read it, people do not. */
const TAGS = /[\u{e0000}-\u{e007f}]+/gu;
const TAG_OFFSET = 0xe0000;

/** The text with what nobody sees, and what deceives, made visible. */
export function visible(text: string): string {
  return text
    .replace(UNSEEN, (mark) => `⟨U+${mark.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`)
    .replace(TAGS, (run) => `⟨unseen: ${asciiOf(run)}⟩`);
}

const asciiOf = (run: string) =>
  [...run]
    .map((mark) => (mark.codePointAt(0) ?? 0) - TAG_OFFSET)
    .map((code) => (code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : '·'))
    .join('');
