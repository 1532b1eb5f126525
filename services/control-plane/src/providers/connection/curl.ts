import type { CredentialKind } from '@weir/contracts';
import type { ProbeCall, ProviderTypeDefinition, RawHeaders } from '@weir/providers';

/** Inside single quotes a shell takes everything as it is, but for the quote itself. */
const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
/** Inside double quotes it still fills in `$NAME` and `$(command)`. */
const filledIn = (text: string) => `"${text.replace(/[\\"`]/g, '\\$&')}"`;

/** How a terminal presents a credential: header pairs that the shell fills in, and options of curl itself. */
export interface Presented {
  readonly headers: RawHeaders;
  readonly options: readonly string[];
}

/** The same call for a terminal; a key stays a `$NAME` that the reader's shell fills in. */
export function toCurl(url: string, probe: ProbeCall, { headers, options }: Presented): string {
  const parts = [probe.method === 'GET' ? `curl ${quoted(url)}` : `curl -X ${probe.method} ${quoted(url)}`, ...options];
  for (let at = 0; at + 1 < headers.length; at += 2) {
    parts.push(`-H ${filledIn(`${headers[at]}: ${headers[at + 1]}`)}`);
  }
  for (const [name, value] of Object.entries(probe.headers)) parts.push(`-H ${quoted(`${name}: ${value}`)}`);
  if (probe.body !== null) parts.push(`-d ${quoted(probe.body)}`);
  return parts.join(' \\\n  ');
}

const bearer = (command: string): Presented => ({ headers: ['authorization', `Bearer $(${command})`], options: [] });

/** @param keyName of the variable that holds an API key */
export function presentedBy(
  definition: ProviderTypeDefinition,
  kind: CredentialKind,
  keyName: string,
  region: string,
): Presented {
  switch (kind) {
    case 'none':
      return { headers: [], options: [] };
    case 'api_key':
      return { headers: definition.credentialFor(`$${keyName}`), options: [] };
    case 'aws_default_chain':
    case 'aws_static_keys':
    case 'aws_assume_role':
      return {
        headers: ['x-amz-security-token', '$AWS_SESSION_TOKEN'],
        options: [
          `--aws-sigv4 ${quoted(`aws:amz:${region}:bedrock`)}`,
          `--user ${filledIn('$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY')}`,
        ],
      };
    case 'entra_client_secret':
      return bearer(
        'az account get-access-token --resource https://cognitiveservices.azure.com --query accessToken -o tsv',
      );
    case 'google_service_account':
    case 'google_adc':
      return bearer('gcloud auth print-access-token');
  }
}
