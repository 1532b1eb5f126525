import type { IncomingMessage } from 'node:http';
import type { Dialect } from './answer.js';
import { anthropicDialect } from './anthropic/index.js';
import type { CredentialPlace } from './credential.js';
import { googleDialect, REFUSED } from './google/index.js';
import { type GoogleCall, googleCallOf } from './google/route.js';
import type { LedgerEntry } from './ledger.js';
import { openaiDialect } from './openai/index.js';
import { PRESETS, type PresetName } from './presets/index.js';

/** Who answers a request, and with what it must come. */
export interface Target {
  readonly name: LedgerEntry['dialect'];
  readonly dialect: Dialect;
  /** Path as the dialect knows it. */
  readonly path: string;
  readonly credential: CredentialPlace;
  /** The credential is a token of Google's token endpoint, not a key. */
  readonly isTokenNeeded: boolean;
  readonly refusal: readonly [status: number, message: string];
  /** What the path says that the dialect reads in the body. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly model: string | null;
}

const OPENAI = { name: 'openai', dialect: openaiDialect, credential: 'bearer' } as const;
const ANTHROPIC = { name: 'anthropic', dialect: anthropicDialect, credential: 'x-api-key' } as const;
const OWN = { isTokenNeeded: false, refusal: [401, 'Incorrect API key provided'], body: {}, model: null } as const;

/** @param preset what the whole simulator plays; null = every dialect of its own, told apart by the request */
export function targetOf({ headers }: IncomingMessage, path: string, preset: PresetName | null): Target {
  if (preset !== null) return { name: 'openai', ...PRESETS[preset], ...OWN, path };
  if (headers['anthropic-version'] !== undefined || path.startsWith('/v1/messages')) {
    return { ...ANTHROPIC, ...OWN, path };
  }
  const google = googleCallOf(path, headers['x-goog-api-key'] !== undefined);
  return google === null ? { ...OPENAI, ...OWN, path } : googleTarget(google);
}

function googleTarget(google: GoogleCall): Target {
  const { api, path, body, model } = google;
  const isTokenNeeded = api === 'vertex';
  const common = { path, body, model, isTokenNeeded, refusal: REFUSED[api] };
  const own = googleDialect(google);
  const served = (by: typeof OPENAI | typeof ANTHROPIC): Target => ({
    ...{ ...by, ...common, credential: 'bearer' },
    dialect: { ...by.dialect, requestIdHeader: own.requestIdHeader },
  });
  if (google.dialect === 'anthropic') return served(ANTHROPIC);
  if (google.dialect === 'openai') return served(OPENAI);
  return { name: 'google', dialect: own, credential: isTokenNeeded ? 'bearer' : 'x-goog-api-key', ...common };
}
