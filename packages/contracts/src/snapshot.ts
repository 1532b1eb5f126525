import { z } from 'zod';
import { providerName, secretId, uuid } from './ids.js';
import { credentialKind, providerSettings, secretSlot } from './provider-credentials.js';
import { providerType } from './provider-types.js';
import { sealedSecret } from './sealed-secret.js';
import { recordingSettings } from './transcript.js';

const instantMs = z.number().int().min(0);

/** A secret a provider uses, sealed for this provider and the only origin the value may be sent to. */
export const snapshotCredential = z.object({
  secretId,
  version: z.number().int().min(1),
  /** That of the base URL, or of the token endpoint the value is exchanged at. */
  origin: z.string().url(),
  sealed: sealedSecret,
});
export type SnapshotCredential = z.infer<typeof snapshotCredential>;

export const CLIENT_CLOSE_POLICIES = ['cancel', 'drain'] as const;
export type ClientClosePolicy = (typeof CLIENT_CLOSE_POLICIES)[number];
export const USAGE_FALLBACKS = ['none', 'estimated'] as const;
export type UsageFallback = (typeof USAGE_FALLBACKS)[number];

export const snapshotProvider = z.object({
  id: uuid,
  projectId: uuid,
  name: providerName,
  type: providerType,
  enabled: z.boolean(),
  /** Without a trailing slash; the upstream path of a call is appended to it. */
  baseUrl: z.string().url(),
  credentialKind,
  /** By slot; empty where the kind needs no stored secret, or `passthrough` is on. */
  credentials: z.partialRecord(secretSlot, snapshotCredential),
  settings: providerSettings,
  passthrough: z.boolean(),
  /** Names of the environments it is active in; empty = all. */
  environments: z.array(z.string()),
  /** Models it exposes; empty = every model the upstream offers. */
  models: z.array(z.string()),
  recordInputs: z.boolean(),
  recordOutputs: z.boolean(),
  /** What is recorded where one of them is on. */
  recording: recordingSettings.prefault({}),
  /** When a client goes away: break the upstream request off at once, or read its answer on for at most `drainMs`. */
  onClientClose: z.enum(CLIENT_CLOSE_POLICIES).default('cancel'),
  drainMs: z.number().int().min(1).default(30_000),
  /** What stands in for usage that an answer should have carried and did not. */
  usageFallback: z.enum(USAGE_FALLBACKS).default('none'),
  timeouts: z.object({
    connectMs: z.number().int().min(1),
    firstByteMs: z.number().int().min(1),
    idleMs: z.number().int().min(1),
  }),
});
export type SnapshotProvider = z.infer<typeof snapshotProvider>;

export const snapshotToken = z.object({
  id: uuid,
  publicId: z.string(),
  digest: z.string(),
  projectId: uuid,
  environment: z.string(),
  appId: uuid,
  app: z.string(),
  /** Names of the providers it may call; null = every provider of the project. */
  providers: z.array(providerName).nullable(),
  expiresAt: instantMs.nullable(),
});
export type SnapshotToken = z.infer<typeof snapshotToken>;

/**
 * Everything a proxy needs to serve. Revoked tokens and deleted providers are simply absent; disabled providers are
 * present, so that their refusal can name the reason.
 */
export const snapshot = z.object({
  format: z.literal(1),
  /** Rises with every committed change; a proxy refuses a lower one. */
  version: z.number().int().min(1),
  createdAt: instantMs,
  /** Private `host:port` upstreams the operator listed; everything else must be https and publicly routable. */
  allowedHosts: z.array(z.string()),
  /** Request bodies above this are refused with 413. */
  maxBodyBytes: z.number().int().min(1),
  providers: z.array(snapshotProvider),
  tokens: z.array(snapshotToken),
});
export type Snapshot = z.infer<typeof snapshot>;
