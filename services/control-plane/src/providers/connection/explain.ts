import type { CredentialKind, ProviderType } from '@weir/contracts';
import { adviceOn, type Said } from './advice.js';

/** What became of a test call. */
export type Outcome =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly isHtml: boolean;
      readonly isReadable: boolean;
      readonly said: Said;
    }
  | { readonly kind: 'failed'; readonly failure: Failure };

export const FAILURES = [
  'DNS_FAILED',
  'CONNECTION_REFUSED',
  'CONNECTION_RESET',
  'HOST_UNREACHABLE',
  'TLS_FAILED',
  'TIMEOUT',
  'ADDRESS_NOT_PUBLIC',
  'ANSWER_INVALID',
] as const;
export type Failure = (typeof FAILURES)[number];

/** What the sentence can name. */
export interface Subject {
  readonly type: ProviderType;
  readonly host: string;
  readonly model: string | null;
  /** Region or location; null: the type has none. */
  readonly region: string | null;
  readonly kind: CredentialKind;
  /** Empty where none is stored. */
  readonly secretIds: readonly string[];
  readonly passthrough: boolean;
}

export interface Verdict {
  readonly ok: boolean;
  readonly summary: string;
}

const FAILURE_SUMMARY: Readonly<Record<Failure, (host: string) => string>> = {
  DNS_FAILED: (host) => `The name ${host} could not be found. Check the base URL for a typing mistake.`,
  CONNECTION_REFUSED: (host) =>
    `${host} refused the connection. Check the port in the base URL and that the server runs.`,
  CONNECTION_RESET: (host) =>
    `${host} closed the connection without an answer. Check that the base URL's scheme and port belong together.`,
  HOST_UNREACHABLE: (host) =>
    `${host} cannot be reached from here. Check the network and firewall between this server and the upstream.`,
  TLS_FAILED: (host) =>
    `No trusted TLS connection to ${host} could be made. Check that it serves https with a valid certificate for this name.`,
  TIMEOUT: (host) => `${host} did not answer within 15 seconds. Check the base URL, or try a smaller model.`,
  ADDRESS_NOT_PUBLIC: (host) =>
    `${host} leads to an address that is not public. The operator can list it in WEIR_ALLOWED_HOSTS.`,
  ANSWER_INVALID: (host) => `${host} answered with something that is not HTTP. Check the port in the base URL.`,
};

const AMBIENT = 'Check the identity that the gateway runs with.';

function refusedSummary(status: number, { model, secretIds, kind }: Subject): string {
  const open = kind === 'none' || kind === 'api_key' ? 'This upstream wants a credential; choose a secret.' : AMBIENT;
  const key = secretIds.length === 0 ? open : `Check the value of ${secretIds.join(' and ')}.`;
  const forModel = model === null ? '' : ` for ${model}`;
  switch (status) {
    case 401:
      return `The upstream did not accept the credential (401). ${key}`;
    case 403:
      return `The upstream knows the credential but does not allow this (403). Check its permissions${forModel}, and the region or project it belongs to.`;
    case 404:
      return model === null
        ? 'There is nothing at this address (404). Check the path of the base URL.'
        : `The upstream does not know ${model}, or not at this address (404). Check the model and the path of the base URL.`;
    case 429:
      return 'The upstream turned the call down as too many, or its quota is used up (429). The credential works; check quota and billing there.';
    case 400:
    case 422:
      return `The upstream was reached but did not accept the test call (${status}). Check that the model takes this kind of call.`;
    default:
      if (status >= 300 && status < 400) {
        return `The upstream points to another address (${status}), and redirects are not followed. Use the final address as the base URL.`;
      }
      if (status >= 500)
        return `The upstream has a problem of its own (${status}). Try again later, or look at its status page.`;
      return `The upstream turned the test call down (${status}). Its own error says why.`;
  }
}

/** One sentence of what happened, and what to check. */
export function explain(outcome: Outcome, subject: Subject): Verdict {
  if (outcome.kind === 'failed') return { ok: false, summary: failedSummary(outcome.failure, subject) };
  const { status, isHtml, isReadable, said } = outcome;
  if (isHtml) {
    return {
      ok: false,
      summary: `The address answered with a web page (${status}), not with an API. Check the path of the base URL; it often ends in /v1.`,
    };
  }
  if (subject.passthrough && (status === 401 || status === 403)) {
    return {
      ok: true,
      summary: `The upstream answers (${status}). With passthrough each app brings the credential, so none was tested.`,
    };
  }
  if (status < 200 || status >= 300) {
    return { ok: false, summary: adviceOn(status, said, subject) ?? refusedSummary(status, subject) };
  }
  if (!isReadable) {
    return {
      ok: false,
      summary: 'Something answered, but not as this type of API does. Check the type and the base URL.',
    };
  }
  const what = subject.model === null ? 'The upstream listed its models' : `${subject.model} answered`;
  return { ok: true, summary: `Connected. ${what}${withWhat(subject)}.` };
}

const WITH: Readonly<Partial<Record<CredentialKind, string>>> = {
  aws_default_chain: ' with the AWS identity found around the control plane',
  aws_assume_role: ' with the assumed role',
  google_adc: ' with the Google credentials found around the control plane',
};

function withWhat({ kind, secretIds, passthrough }: Subject): string {
  if (passthrough) return '';
  return WITH[kind] ?? (secretIds.length === 0 ? '' : ` with ${secretIds.join(' and ')}`);
}

/** Addresses that follow from a region do not exist for a region that does not. */
function failedSummary(failure: Failure, { host, region }: Subject): string {
  const isRegional = failure === 'DNS_FAILED' && region !== null && host.includes(region);
  if (isRegional) return `The name ${host} could not be found. Check the region ${region} for a typing mistake.`;
  return FAILURE_SUMMARY[failure](host);
}
