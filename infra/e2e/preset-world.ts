import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Simulator, startSimulator } from '../simulator/index.js';
import { PRESETS, type PresetName } from '../simulator/presets/index.js';
import { type System, startSystem } from './system.js';

export const TYPES = Object.keys(PRESETS) as PresetName[];
/** Every upstream's key. */
export const KEY = `sk-preset-${randomBytes(12).toString('hex')}`;
const ENTRA_TOKEN = `entra-token-${randomBytes(12).toString('hex')}`;
const TENANT = '11111111-2222-3333-4444-555555555555';

/** A whole system with one provider of each preset, each before an upstream of its own. */
export interface PresetWorld {
  readonly system: System;
  readonly token: string;
  upstreamOf(type: PresetName): Simulator;
  /** Proxy URL. */
  urlOf(type: PresetName): string;
  /** Two more providers of Azure OpenAI: with a token of Entra, and with `prod-chat` as the only deployment. */
  readonly azureUrls: { readonly entra: string; readonly listed: string };
  /** Forms that were posted to Entra's token endpoint. */
  readonly exchanged: readonly URLSearchParams[];
  end(): Promise<void>;
}

interface TypeRow {
  readonly type: string;
  readonly defaultBaseUrl: string | null;
}

export const nameOf = (type: PresetName): string => type.replaceAll('_', '-');
const portOf = (server: Server): number => (server.address() as AddressInfo).port;

export async function startPresetWorld(): Promise<PresetWorld> {
  const upstreams = new Map<PresetName, Simulator>();
  for (const preset of TYPES) upstreams.set(preset, await startSimulator({ apiKeys: [KEY, ENTRA_TOKEN], preset }));
  const upstreamOf = (type: PresetName) => upstreams.get(type) as Simulator;
  const exchanged: URLSearchParams[] = [];
  const entra = await startEntra(exchanged);
  const ports = [portOf(entra), ...[...upstreams.values()].map(({ port }) => port)];
  const system = await startSystem({
    queue: 'redis',
    allowedHosts: ports.map((port) => `127.0.0.1:${port}`),
    env: { WEIR_ENTRA_AUTHORITY: `http://127.0.0.1:${portOf(entra)}` },
  });
  await system.console.setUp(system.setupLink);
  const urls = await createProviders(system, upstreamOf);
  const azureUrls = await createAzureProviders(system, upstreamOf('azure_openai').url);
  const token = await system.console.createToken(await system.console.createApp('presets'));
  await system.configured();
  return {
    ...{ system, token, upstreamOf, azureUrls, exchanged },
    urlOf: (type) => urls.get(type) as string,
    async end() {
      await system.end();
      entra.close();
      for (const upstream of upstreams.values()) await upstream.close();
    },
  };
}

/** Each with its type's own base URL, but for the host. */
async function createProviders({ console }: System, upstreamOf: PresetWorld['upstreamOf']) {
  const { providerTypes } = await console.ask<{ providerTypes: TypeRow[] }>(
    '{ providerTypes { type defaultBaseUrl } }',
  );
  const urls = new Map<PresetName, string>();
  for (const type of TYPES) {
    const standard = providerTypes.find((row) => row.type === type)?.defaultBaseUrl;
    const path = standard == null ? '' : new URL(standard).pathname.replace(/\/$/, '');
    const url = await console.createProvider({
      ...{ name: nameOf(type), displayName: type, type, baseUrl: upstreamOf(type).url + path },
      ...{ credentialKind: 'api_key', secretId: `${type.toUpperCase()}_KEY`, secretValue: KEY },
    });
    urls.set(type, url);
  }
  return urls;
}

async function createAzureProviders({ console }: System, baseUrl: string): Promise<PresetWorld['azureUrls']> {
  const azure = { type: 'azure_openai', baseUrl };
  return {
    entra: await console.createProvider({
      ...{ ...azure, name: 'azure-entra', displayName: 'Entra', credentialKind: 'entra_client_secret' },
      credentials: [{ slot: 'client_secret', secretId: 'ENTRA_SECRET', secretValue: 'entra~client~secret' }],
      settings: [
        { name: 'tenant_id', value: TENANT },
        { name: 'client_id', value: TENANT },
        { name: 'api_version', value: '2025-04-01-preview' },
      ],
    }),
    listed: await console.createProvider({
      ...{ ...azure, name: 'azure-listed', displayName: 'Listed', models: ['prod-chat'] },
      ...{ credentialKind: 'api_key', secretId: 'AZURE_OPENAI_KEY' },
    }),
  };
}

/** https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow */
async function startEntra(exchanged: URLSearchParams[]): Promise<Server> {
  const server = createServer(async (asked, answer) => {
    let form = '';
    for await (const chunk of asked) form += String(chunk);
    exchanged.push(new URLSearchParams(form));
    const isRight = asked.url === `/${TENANT}/oauth2/v2.0/token` && form.includes('entra%7Eclient%7Esecret');
    answer.writeHead(isRight ? 200 : 401, { 'content-type': 'application/json' });
    answer.end(JSON.stringify({ token_type: 'Bearer', expires_in: 3_599, access_token: isRight ? ENTRA_TOKEN : '' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
