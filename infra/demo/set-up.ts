import type { Home } from '../embedded/home.js';
import type { Console } from './console.js';
import { APPS, PROVIDERS } from './plan.js';
import { REDACTED, RETENTION_DAYS } from './said/frames.js';
import type { Scene } from './scene.js';
import { changeState, readState } from './state.js';

interface Known {
  readonly viewer: { readonly project: { readonly id: string } };
  readonly providers: { readonly nodes: readonly { readonly id: string; readonly name: string }[] };
  readonly apps: readonly {
    readonly id: string;
    readonly name: string;
    readonly tokens: readonly { readonly id: string; readonly name: string; readonly state: string }[];
  }[];
}

const KNOWN = `{
  viewer { project { id } }
  providers(first: 100) { nodes { id name } }
  apps { id name tokens { id name state } }
}`;
const TOKEN_NAME = 'demo';
const RECORDING = { retentionDays: RETENTION_DAYS, redactDetectors: REDACTED };

/** Creates through the console's own door what is not there yet. @returns what the control plane calls it */
export async function setUp(console: Console, home: Home, upstream: { url: string; key: string }): Promise<Scene> {
  const known = await console.ask<Known>(KNOWN);
  const providerIds: Record<string, string> = {};
  for (const { name, displayName, type, secretId, basePath, isRecorded = false } of PROVIDERS) {
    const existing = known.providers.nodes.find((provider) => provider.name === name);
    providerIds[name] =
      existing?.id ??
      (
        await console.ask<{ createProvider: { id: string } }>(
          'mutation ($input: CreateProviderInput!) { createProvider(input: $input) { id } }',
          {
            input: {
              ...{ name, displayName, type, secretId, secretValue: upstream.key, baseUrl: upstream.url + basePath },
              ...(isRecorded && { recordInputs: true, recordOutputs: true, recording: RECORDING }),
            },
          },
        )
      ).createProvider.id;
  }
  const apps: Record<string, { id: string; tokenId: string; token: string }> = {};
  for (const { name, environment, providers } of APPS) {
    const existing = known.apps.find((app) => app.name === name);
    const id = existing?.id ?? (await createApp(console, name, environment));
    const kept = existing?.tokens.find((token) => token.name === TOKEN_NAME && token.state === 'active');
    const value = readState(home).tokens[name];
    apps[name] =
      kept && value
        ? { id, tokenId: kept.id, token: value }
        : { id, ...(await createToken(console, home, name, { appId: id, providers })) };
  }
  return { projectId: known.viewer.project.id, providerIds, apps };
}

/** Version of the newest snapshot that a proxy serves; 0 while none has reported. */
export async function newestSnapshot(console: Console): Promise<number> {
  const { meter } = await console.ask<{ meter: { proxies: { snapshotVersion: number }[] } }>(
    '{ meter { proxies { snapshotVersion } } }',
  );
  return Math.max(0, ...meter.proxies.map(({ snapshotVersion }) => snapshotVersion));
}

async function createApp(console: Console, name: string, environment: string): Promise<string> {
  const { createApp: app } = await console.ask<{ createApp: { id: string } }>(
    'mutation ($input: CreateAppInput!) { createApp(input: $input) { id } }',
    { input: { name, environment } },
  );
  return app.id;
}

async function createToken(
  console: Console,
  home: Home,
  app: string,
  { appId, providers }: { appId: string; providers: readonly string[] },
): Promise<{ tokenId: string; token: string }> {
  const { createToken: created } = await console.ask<{ createToken: { value: string; token: { id: string } } }>(
    'mutation ($input: CreateTokenInput!) { createToken(input: $input) { value token { id } } }',
    { input: { appId, name: TOKEN_NAME, allProviders: false, providers } },
  );
  changeState(home, { tokens: { ...readState(home).tokens, [app]: created.value } });
  return { tokenId: created.token.id, token: created.value };
}
