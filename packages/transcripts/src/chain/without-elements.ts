/**
 * Text without the elements of these names, as far as they are closed. Looks at each character once for each name, however
 * many elements are opened.
 */
export function withoutElements(text: string, names: readonly string[]): string {
  return names.reduce(without, text);
}

function without(text: string, name: string): string {
  const [open, close] = [`<${name}>`, `</${name}>`];
  let kept = '';
  let from = 0;
  for (let at = text.indexOf(open); at >= 0; at = text.indexOf(open, from)) {
    const end = text.indexOf(close, at);
    if (end < 0) break;
    kept += text.slice(from, at);
    from = end + close.length;
  }
  return kept + text.slice(from);
}
