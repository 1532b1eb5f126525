import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GoogleGenAI } from '@google/genai';
import OpenAI from 'openai';
import { type Simulator, startSimulator } from '../simulator/index.js';
import type { GoogleClients } from './google-calls.js';
import { type System, startSystem } from './system.js';

const PROJECT = 'project-1';
const LOCATION = 'us-central1';
/** Where Vertex AI's paths of the provider's own project begin. */
export const VERTEX_HOME = `v1/projects/${PROJECT}/locations/${LOCATION}`;
const ACCOUNT = `weir@${PROJECT}.iam.gserviceaccount.com`;
const STRANGER = `stranger@${PROJECT}.iam.gserviceaccount.com`;
const SUBJECT = 'a token of another identity provider';

type ProviderName = 'gemini' | 'listed' | 'wrong' | 'vertex' | 'adc' | 'stranger';
export type ProxyUrls = Readonly<Record<ProviderName, string>>;

/** A whole Weir with providers of both of Google's APIs under every kind of credential. */
export interface GoogleWorld {
  readonly system: System;
  /** The same upstream once more, which takes any credential: what applications get without us. */
  readonly bare: Simulator;
  readonly urls: ProxyUrls;
  readonly token: string;
  proxied(token?: string, urls?: Partial<ProxyUrls>): GoogleClients;
  direct(): GoogleClients;
  end(): Promise<void>;
}

export async function startGoogleWorld(): Promise<GoogleWorld> {
  const files = mkdtempSync(join(tmpdir(), 'weir-adc-'));
  const subjectFile = join(files, 'subject');
  const adcFile = join(files, 'credentials.json');
  const system = await startSystem({ queue: 'redis', env: { GOOGLE_APPLICATION_CREDENTIALS: adcFile } });
  const bare = await startSimulator();
  const end = async () => {
    await bare.close();
    await system.end();
    rmSync(files, { recursive: true });
  };
  try {
    const tokenUrl = `${system.simulator.url}/token`;
    system.simulator.googleTokens.trustSubject(SUBJECT);
    writeFileSync(subjectFile, SUBJECT);
    writeFileSync(adcFile, externalAccount(tokenUrl, subjectFile));
    const urls = await createProviders(system, tokenUrl);
    const token = await system.console.createToken(await system.console.createApp('google'));
    await system.configured();
    return {
      ...{ system, bare, urls, token, end },
      proxied: (gatewayToken = token, changed = {}) => proxiedClients(gatewayToken, { ...urls, ...changed }),
      direct: () => directClients(bare.url),
    };
  } catch (error) {
    await end();
    throw error;
  }
}

async function createProviders({ simulator, upstreamKey, console, setupLink }: System, tokenUrl: string) {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  simulator.googleTokens.trust(ACCOUNT, publicKey);
  await console.setUp(setupLink);
  const create = (name: ProviderName, input: object) =>
    console.createProvider({ name, displayName: name, baseUrl: simulator.url, ...input });
  const settings = [
    { name: 'project_id', value: PROJECT },
    { name: 'location', value: LOCATION },
  ];
  const account = (secretId: string, email: string) => {
    const secretValue = serviceAccountKey(email, pem, tokenUrl);
    const credentials = [{ slot: 'service_account_key', secretId, secretValue }];
    return { type: 'vertex', settings, credentialKind: 'google_service_account', credentials };
  };
  return {
    gemini: await create('gemini', { type: 'google', secretId: 'GEMINI_API_KEY', secretValue: upstreamKey }),
    listed: await create('listed', { type: 'google', secretId: 'GEMINI_API_KEY', models: ['gemini-2.5-flash'] }),
    wrong: await create('wrong', { type: 'google', secretId: 'GEMINI_WRONG_KEY', secretValue: 'AIza-not-this-one' }),
    vertex: await create('vertex', account('VERTEX_SERVICE_ACCOUNT', ACCOUNT)),
    stranger: await create('stranger', account('VERTEX_STRANGER', STRANGER)),
    adc: await create('adc', { type: 'vertex', settings, credentialKind: 'google_adc' }),
  };
}

function serviceAccountKey(email: string, pem: string, tokenUri: string): string {
  return JSON.stringify({
    ...{ type: 'service_account', project_id: PROJECT, private_key_id: 'key-1', private_key: pem },
    ...{ client_email: email, token_uri: tokenUri },
  });
}

/** Workload identity federation: the machine's own token is exchanged for one of Google's. */
function externalAccount(tokenUrl: string, subjectFile: string): string {
  return JSON.stringify({
    type: 'external_account',
    audience: '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/weir/providers/weir',
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    token_url: tokenUrl,
    credential_source: { file: subjectFile },
  });
}

function proxiedClients(token: string, { gemini, vertex }: ProxyUrls): GoogleClients {
  return clientsOn(token, {
    ...{ gemini, vertex, bare: gemini, v1: `${gemini}/v1`, google: `${gemini}/v1beta/openai` },
    openaiOnVertex: `${vertex}/v1`,
  });
}

function directClients(url: string): GoogleClients {
  const google = `${url}/v1beta/openai`;
  return clientsOn('any', {
    ...{ gemini: url, vertex: url, bare: google, v1: google, google },
    openaiOnVertex: `${url}/${VERTEX_HOME}/endpoints/openapi`,
  });
}

type Addresses = Readonly<Record<keyof GoogleClients['openai'] | 'gemini' | 'vertex' | 'openaiOnVertex', string>>;

/** Every client as its users make it, with base URL and key changed and nothing else. */
function clientsOn(apiKey: string, addresses: Addresses): GoogleClients {
  const openai = (baseURL: string) => new OpenAI({ apiKey, baseURL, maxRetries: 0 });
  const httpOptions = { baseUrl: addresses.vertex };
  return {
    gemini: new GoogleGenAI({ apiKey, httpOptions: { baseUrl: addresses.gemini } }),
    vertex: new GoogleGenAI({
      ...{ vertexai: true, project: PROJECT, location: LOCATION, googleAuthOptions: { apiKey }, httpOptions },
    }),
    express: new GoogleGenAI({ vertexai: true, apiKey, httpOptions }),
    openai: { bare: openai(addresses.bare), v1: openai(addresses.v1), google: openai(addresses.google) },
    openaiOnVertex: openai(addresses.openaiOnVertex),
  };
}
