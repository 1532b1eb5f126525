/** No line is longer, so that one line of a minified body does not stop the page. */
const MAX_LINE_CHARACTERS = 400;

/** A text in lines that a list can show one by one; joined again they are the text, but for the line breaks. */
export function linesOf(text: string): string[] {
  const lines: string[] = [];
  for (const line of text.split(/\r\n|\n|\r/)) {
    let at = 0;
    while (line.length - at > MAX_LINE_CHARACTERS) {
      let end = at + MAX_LINE_CHARACTERS;
      // Both halves of a character stay together.
      if (/[\uD800-\uDBFF]/.test(line[end - 1] ?? '')) end++;
      lines.push(line.slice(at, end));
      at = end;
    }
    lines.push(line.slice(at));
  }
  return lines;
}
