import type { TelemetrySettings } from './settings.js';
import type { Telemetry } from './telemetry.js';

export interface ProcessIdentity {
  /** Unless the operator names another. */
  readonly serviceName: string;
  /** One process among those of the same name. */
  readonly instanceId: string;
}

/** Loads the SDK, which takes memory and time, only where there is something to tell. */
export async function startTelemetry(
  settings: TelemetrySettings | null,
  identity: ProcessIdentity,
): Promise<Telemetry | null> {
  if (settings === null) return null;
  const { startSdk } = await import('./sdk.js');
  return startSdk(settings, identity);
}
