import type {
  CredentialKind,
  Meters,
  ProviderSettings,
  ProviderType,
  RefusalCode,
  SecretSlot,
  SettingName,
  UsageSource,
} from '@weir/contracts';
import type { ClientClose } from './client-close/client-close.js';
import type { ModelNames } from './session/named-models.js';
import type { SessionReader } from './session/session-reader.js';
import type { SessionScript } from './session/session-script.js';

/** Raw header list as Node and undici hold it: name, value, name, value. */
export type RawHeaders = string[];

/** What one response said about its usage, in our units. Absent meters are unknown. */
export interface UsageReading {
  readonly servedModel: string | null;
  readonly serviceTier: string | null;
  readonly meters: Meters;
  readonly otherMeters: Readonly<Record<string, number>>;
  readonly usageSource: UsageSource;
  /**
   * The upstream's usage object as JSON text, exactly as sent. Where a stream states usage at its start and again at its
   * end, a JSON array of the two.
   */
  readonly rawUsage: string | null;
  readonly providerStatedCostUsd: string | null;
  /** The upstream's own error type, from an error body or an in-band error event after a 200. */
  readonly errorCode: string | null;
  /** A stream that reached its terminal event (`[DONE]`, `message_stop`, `response.completed`). Always true for a whole JSON body. */
  readonly finished: boolean;
}

/** Reads usage beside the response. Made per attempt; holds its own state; never throws on any bytes. */
export interface UsageReader {
  /** The next bytes of the response body, already content-decoded. */
  push(chunk: Uint8Array): void;
  /** True once an event that carries generated content has been seen (whole bodies: never). */
  readonly sawToken: boolean;
  /** The reading so far; call at the end, or when the call is cut. */
  read(): UsageReading;
}

/** Takes out of a stream what was only sent because the proxy asked for it. Returns the bytes to pass on now. */
export interface StreamFilter {
  push(chunk: Buffer): Buffer;
  /** What is still held when the stream ends. */
  flush(): Buffer;
  /** Whether anything was taken out. */
  readonly removed: boolean;
}

/** What the proxy reads of a request before forwarding it. Field names are the dialects' own. */
export interface RequestFacts {
  readonly model: string | null;
  readonly stream: boolean;
  readonly user: string | null;
  readonly conversation: string | null;
  /** The path chose the model; what the body calls one decides nothing. */
  readonly isModelInPath?: boolean;
}

/** An upstream call that proves credential, address and model; also printed as curl. */
export interface ProbeCall {
  readonly method: 'GET' | 'POST';
  /** Upstream path as an app would put it after the proxy URL, for example `v1/messages`. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** A non-secret value a provider needs besides its base URL. */
export interface SettingField {
  readonly name: SettingName;
  readonly label: string;
  readonly required: boolean;
  readonly placeholder: string;
  /** One sentence: what it is and where it is found. */
  readonly help: string;
  /** The whole value must match; null = any text on one line. */
  readonly pattern: RegExp | null;
  /** Values to choose from; others are accepted where `pattern` lets them. */
  readonly options: readonly string[];
}

/** A secret one kind of credential needs. */
export interface SecretField {
  readonly slot: SecretSlot;
  readonly label: string;
  readonly required: boolean;
  /** Suggested secret reference, for example `OPENAI_API_KEY`. */
  readonly suggestedSecretId: string;
  /** Where the person gets the value. */
  readonly help: string;
}

/** One way a provider of a type can prove who it is. */
export interface CredentialForm {
  readonly kind: CredentialKind;
  readonly label: string;
  /** One sentence: when to choose it. */
  readonly summary: string;
  readonly secrets: readonly SecretField[];
  readonly settings: readonly SettingField[];
}

/** What the head of a response says that matters for reading usage. */
export interface ResponseHead {
  readonly status: number;
  readonly contentType: string;
  /** First value of a header, null when it is absent. `name` in lower case. */
  header?(name: string): string | null;
}

/** One upstream dialect: pure functions over bytes and headers, no I/O. */
export interface ProviderTypeDefinition {
  readonly type: ProviderType;
  readonly label: string;
  /** One sentence for the type card: what to use it for. */
  readonly summary: string;
  readonly supportsPassthrough: boolean;
  /** What a provider of this type does when a client goes away, unless it is told otherwise. */
  readonly clientClose: ClientClose;
  /** Ways to identify itself; the first is the default. */
  readonly credentialForms: readonly CredentialForm[];
  /** Settings every provider of this type has, whatever its credential. */
  readonly settings: readonly SettingField[];
  /** Base URL when the admin gives none; null: one must be given. May follow from settings (a region). */
  baseUrlFor(settings: ProviderSettings): string | null;
  /** Where a base URL must be given: one as it looks, and one sentence on where it is found. */
  readonly baseUrlHint?: { readonly example: string; readonly help: string };

  /**
   * Path and query to send to the upstream: the base URL's own path joined with the caller's, a shared `v1` counted once.
   * `settings` are the provider's, for types whose paths follow from them.
   */
  upstreamPath(basePath: string, callPath: string, settings?: ProviderSettings): string;
  /** Name of the endpoint behind method and upstream path; `opaque` when unknown. Never throws. */
  endpointOf(method: string, callPath: string): string;
  /** Names (lower case) of request headers that can carry a credential in this dialect; they never reach the upstream. */
  readonly credentialHeaders: readonly string[];
  /** With passthrough on, the headers among them that this upstream reads: the caller's own go on, any other ends here. */
  readonly passthroughHeaders: readonly string[];
  /**
   * Header pairs that present an `api_key`, or a token minted from another kind of credential. `upstreamPath` is the path
   * the request goes to, for upstreams that take a key in different headers in different places.
   */
  credentialFor(secret: string, upstreamPath?: string): RawHeaders;
  /** `credentialFor` depends on the path, so it has to be asked anew for every request. */
  readonly isCredentialByPath?: boolean;
  /** A model's id, as lists of allowed models hold it, out of a way a request may spell it; absent: there is one way. */
  modelId?(name: string): string;
  /** Reads model, stream flag and attribution from a request. `body` is the parsed JSON or undefined. */
  requestFacts(endpoint: string, callPath: string, body: unknown): RequestFacts;
  /**
   * Bytes to send in place of `body` so that a stream reports usage, or null when the body goes unchanged.
   * Works by splicing into the text, so that everything else stays byte for byte. `callPath` tells apart upstreams
   * that take the question at one address and refuse it at another.
   */
  requestUsage(endpoint: string, body: Buffer, parsed: unknown, callPath?: string): Buffer | null;
  /** Filter that undoes `requestUsage` on the way back. */
  streamFilter(): StreamFilter;
  usageReader(endpoint: string, response: ResponseHead): UsageReader;
  /** Reads the turns of a session over a WebSocket; absent or null: what passes there is not known. */
  sessionReader?(endpoint: string, callPath: string): SessionReader | null;
  /** Tells which messages of such a session make up a turn; absent or null: that is not known, and none can be recorded. */
  sessionScript?(endpoint: string): SessionScript | null;
  /** Reads which models an app chooses inside such a session; absent or null: that cannot be told. */
  sessionModels?(endpoint: string): ModelNames | null;
  /** Body of a refusal in this dialect's error shape (JSON text). */
  refusal(code: RefusalCode, message: string, requestId: string): string;
  /** Headers a refusal needs beside its body, where the dialect's SDKs read the kind of an error from one. */
  refusalHeaders?(code: RefusalCode): RawHeaders;
  /** Headers an upstream names its request id with, lower case. */
  readonly requestIdHeader: string;
  /** A call that tests the connection; without a model it lists models where the dialect can. */
  probe(model: string | null): ProbeCall;
  /** Where the upstream lists its models when that is another address of its own; absent: at the base URL. */
  modelListBaseUrl?(baseUrl: string): string;
  /** Lists that name models the first one leaves out; read at the same address, by the same `parseModelList`. */
  readonly furtherModelLists?: readonly ProbeCall[];
  /** Model ids out of the upstream's own model list. */
  parseModelList(body: string): string[];
}
