import { type ProviderTypeOption, settingProblem } from './provider-type';

const PLACEHOLDER = /\{([a-z_]+)\}/g;

/**
 * Where a setting decides more of the host than the part it stands in: Google's global and multi-region endpoints
 * (https://docs.cloud.google.com/vertex-ai/docs/general/locations), AWS partitions of their own.
 */
const EXCEPTIONS: readonly { setting: string; values: RegExp; from: string; to: string }[] = [
  { setting: 'location', values: /^global$/, from: '{location}-aiplatform', to: 'aiplatform' },
  { setting: 'location', values: /^(us|eu)$/, from: '{location}-aiplatform', to: 'aiplatform.{location}.rep' },
  { setting: 'region', values: /^cn-/, from: '.amazonaws.com', to: '.amazonaws.com.cn' },
  { setting: 'region', values: /^eusc-/, from: '.amazonaws.com', to: '.amazonaws.eu' },
];

/** Endpoint paths that people copy along with the address. Apps add them themselves. */
const ENDPOINTS = /\/(chat\/completions|completions|responses|embeddings|models|messages)\/?$/i;

/** What is wrong with a base URL, in one sentence; null when it may be used. An empty one is not wrong here. */
export function baseUrlProblem(text: string): string | null {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  if (/\s/.test(trimmed)) return 'A URL has no spaces.';
  if (!/^https?:\/\//i.test(trimmed)) return 'Start with https:// (or http:// for a host the operator has listed).';
  const url = URL.parse(trimmed);
  if (!url?.hostname) return 'This is not a complete URL, for example https://api.example.com/v1.';
  if (url.username !== '' || url.password !== '')
    return 'Leave out the user name and password; the key belongs in a secret.';
  if (url.search !== '' || trimmed.includes('?')) return 'Leave out everything from the “?” on.';
  if (url.hash !== '' || trimmed.includes('#')) return 'Leave out everything from the “#” on.';
  const endpoint = ENDPOINTS.exec(url.pathname);
  if (endpoint) return `Leave out “${endpoint[0]}”: apps add the endpoint themselves.`;
  return null;
}

/** `https://api.example.com/v1` -> `https://api.example.com`; null while the text is no URL. */
export function originOf(text: string): string | null {
  const url = URL.parse(text.trim());
  return url && /^https?:$/.test(url.protocol) ? url.origin : null;
}

/** Plain http leaves keys and prompts readable on the way; said beside the field, not as a fault. */
export function isUnencrypted(text: string): boolean {
  return /^http:\/\//i.test(text.trim());
}

/** The address a provider has while nobody gives another; null when it must be given, or settings it needs are missing. */
export function standardBaseUrl(
  type: Pick<ProviderTypeOption, 'baseUrlTemplate' | 'defaultBaseUrl' | 'settings'>,
  settings: Readonly<Record<string, string>>,
): string | null {
  const { baseUrlTemplate, defaultBaseUrl } = type;
  if (baseUrlTemplate === null) return defaultBaseUrl;
  const usable = (name: string) => {
    const field = type.settings.find((one) => one.name === name);
    const value = settings[name]?.trim() ?? '';
    return field && settingProblem(field, value) !== null ? '' : value;
  };
  const names = [...baseUrlTemplate.matchAll(PLACEHOLDER)].map(([, name]) => name ?? '');
  if (names.some((name) => usable(name) === '')) return defaultBaseUrl;
  const template = EXCEPTIONS.reduce(
    (text, { setting, values, from, to }) => (values.test(usable(setting)) ? text.replace(from, to) : text),
    baseUrlTemplate,
  );
  return template.replace(PLACEHOLDER, (_, name: string) => usable(name));
}
