/** Text as one word of a POSIX shell. */
export function shell(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Text as a literal in double quotes. What JSON escapes, Python, Go, Java and TOML read the same way. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}

/** Text as a JavaScript literal in single quotes. */
export function single(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/** The lines of a program; false leaves one out, a list stands for several. */
export function code(...lines: readonly (string | false | readonly string[])[]): string {
  return lines.flatMap((line) => (line === false ? [] : line)).join('\n');
}
