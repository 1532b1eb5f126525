import type { ProbeCall, RawHeaders } from '@weir/providers';

/** Inside single quotes a shell takes everything as it is, but for the quote itself. */
const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
/** Inside double quotes it still fills in `$NAME`. */
const filledIn = (text: string) => `"${text.replace(/[\\"`]/g, '\\$&')}"`;

/** The same call for a terminal; the key stays a `$NAME` that the reader's shell fills in. */
export function toCurl(url: string, probe: ProbeCall, credential: RawHeaders): string {
  const parts = [probe.method === 'GET' ? `curl ${quoted(url)}` : `curl -X ${probe.method} ${quoted(url)}`];
  for (let at = 0; at + 1 < credential.length; at += 2) {
    parts.push(`-H ${filledIn(`${credential[at]}: ${credential[at + 1]}`)}`);
  }
  for (const [name, value] of Object.entries(probe.headers)) parts.push(`-H ${quoted(`${name}: ${value}`)}`);
  if (probe.body !== null) parts.push(`-d ${quoted(probe.body)}`);
  return parts.join(' \\\n  ');
}
