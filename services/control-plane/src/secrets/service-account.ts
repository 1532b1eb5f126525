import { z } from 'zod';
import { InputError } from '../platform/errors.js';
import { isListed, parseBaseUrl } from '../providers/base-url.js';

/** https://cloud.google.com/iam/docs/keys-create-delete: what a downloaded key holds and a token needs. */
const serviceAccountKey = z.object({
  type: z.literal('service_account'),
  client_email: z.string().regex(/^[^\s@]+@[^\s@]+$/),
  private_key: z.string().regex(/^-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]+-----END [A-Z ]*PRIVATE KEY-----\s*$/),
  token_uri: z.string(),
});

const refuse = (message: string, field: string): never => {
  throw new InputError('SERVICE_ACCOUNT_INVALID', message, field);
};

/** Origin the key is exchanged at. @throws InputError `SERVICE_ACCOUNT_INVALID` on `field`, naming what is wrong */
export function tokenOriginOf(value: string, field: string, allowedHosts: readonly string[]): string {
  const parsed = serviceAccountKey.safeParse(jsonOf(value));
  if (!parsed.success) {
    const member = parsed.error.issues[0]?.path[0];
    const what = member === undefined ? 'It is not a JSON object' : `Its "${String(member)}" is missing or not valid`;
    return refuse(
      `This is not a service-account key. ${what}. Paste the whole JSON file that Google Cloud made under IAM, Service accounts, Keys.`,
      field,
    );
  }
  const { token_uri: text } = parsed.data;
  const url = /^https?:\/\/[^\s?#]+$/.test(text) && URL.canParse(text) ? new URL(text) : null;
  const isGoogle = url?.protocol === 'https:' && /(^|\.)googleapis\.com$/.test(url.hostname) && url.port === '';
  if (url && url.username === '' && (isGoogle || isListed(parseBaseUrl(url.origin), allowedHosts))) return url.origin;
  return refuse(
    'The "token_uri" of this service-account key does not lead to Google (https://….googleapis.com). The operator can list another host in WEIR_ALLOWED_HOSTS.',
    field,
  );
}

function jsonOf(value: string): unknown {
  try {
    return JSON.parse(value) as unknown;
  } catch {
    // The caller says what belongs here.
    return null;
  }
}
