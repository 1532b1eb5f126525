/** In single quotes nothing has a meaning but the quote itself. */
const quoted = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** The call once more, by way of the gateway: with a token of whoever runs it, never one of ours. */
export function curlOf(call: { proxyUrl: string; path: string; contentType: string; body: string }): string {
  const path = call.path.startsWith('/') ? call.path : `/${call.path}`;
  return [
    `curl ${quoted(`${call.proxyUrl}${path}`)}`,
    `  -H "x-weir-authorization: Bearer $WEIR_TOKEN"`,
    `  -H ${quoted(`content-type: ${call.contentType || 'application/json'}`)}`,
    `  --data-raw ${quoted(call.body)}`,
  ].join(' \\\n');
}
