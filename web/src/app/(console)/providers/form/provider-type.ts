/** A non-secret value a provider needs besides its base URL. */
export interface SettingField {
  readonly name: string;
  readonly label: string;
  readonly required: boolean;
  readonly placeholder: string;
  readonly help: string;
  /** Source of a regular expression that the whole value must match; null = any text on one line. */
  readonly pattern: string | null;
  readonly options: readonly string[];
}

/** A secret one kind of credential needs. */
export interface SecretField {
  readonly slot: string;
  readonly label: string;
  readonly required: boolean;
  readonly suggestedSecretId: string;
  readonly help: string;
}

/** One way a provider of a type can prove who it is. */
export interface CredentialForm {
  readonly kind: string;
  readonly label: string;
  readonly summary: string;
  readonly secrets: readonly SecretField[];
  readonly settings: readonly SettingField[];
}

export type ClientClosePolicy = 'CANCEL' | 'DRAIN';
export type UsageFallback = 'NONE' | 'ESTIMATED';

/** One upstream dialect, as the control plane describes it. */
export interface ProviderTypeOption {
  readonly type: string;
  readonly label: string;
  readonly summary: string;
  readonly defaultBaseUrl: string | null;
  /** `https://bedrock-runtime.{region}.amazonaws.com`; null where no address follows from the settings. */
  readonly baseUrlTemplate: string | null;
  /** Where one must be given: how it looks and where it is found. */
  readonly baseUrlExample?: string | null;
  readonly baseUrlHelp?: string | null;
  readonly supportsPassthrough: boolean;
  /** What happens to a request whose app has gone away, unless told otherwise, and why. */
  readonly clientClose: { readonly policy: ClientClosePolicy; readonly because: string };
  readonly settings: readonly SettingField[];
  /** The first is the default. */
  readonly credentialForms: readonly CredentialForm[];
}

/** What decides which fields a form has. */
interface Choice {
  readonly type: string;
  readonly credentialKind: string;
  readonly passthrough: boolean;
}

interface Types {
  readonly types: readonly ProviderTypeOption[];
}

export function typeOf({ type }: Pick<Choice, 'type'>, { types }: Types): ProviderTypeOption | undefined {
  return types.find((option) => option.type === type);
}

/** The chosen way to prove who it is; undefined with passthrough, where the caller does. */
export function credentialFormOf(choice: Choice, context: Types): CredentialForm | undefined {
  if (choice.passthrough) return undefined;
  const forms = typeOf(choice, context)?.credentialForms ?? [];
  return forms.find(({ kind }) => kind === choice.credentialKind) ?? forms[0];
}

/** The secrets the chosen credential is made of. */
export function secretFields(choice: Choice, context: Types): readonly SecretField[] {
  return credentialFormOf(choice, context)?.secrets ?? [];
}

/** Settings of the type, then those of the chosen credential, each name once. */
export function settingFields(choice: Choice, context: Types): readonly SettingField[] {
  const own = typeOf(choice, context)?.settings ?? [];
  const names = new Set(own.map(({ name }) => name));
  const ofCredential = credentialFormOf(choice, context)?.settings ?? [];
  return [...own, ...ofCredential.filter(({ name }) => !names.has(name))];
}

/** What is wrong with a setting; null when it may be used. An empty one is missing, not wrong. */
export function settingProblem(field: SettingField, text: string): string | null {
  const value = text.trim();
  if (value === '' || field.options.includes(value)) return null;
  if (/[\r\n]/.test(value)) return 'Enter one line.';
  if (field.pattern === null || new RegExp(`^(?:${field.pattern})$`).test(value)) return null;
  const example = field.placeholder || field.options[0];
  return `This is no ${inSentence(field.label)}${example ? `; one looks like ${example}` : ''}.`;
}

/** `Region` -> `region`, `AWS region` and `API key` stay: a label as it stands inside a sentence. */
export function inSentence(label: string): string {
  return /^[A-Z][a-z]/.test(label) &&
    !/^[A-Z][a-z]+[A-Z]/.test(label) &&
    !/^(Entra|Google|Azure|Microsoft)\b/.test(label)
    ? label[0]?.toLowerCase() + label.slice(1)
    : label;
}
