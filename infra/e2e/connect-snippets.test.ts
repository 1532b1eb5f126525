import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { codeGuides, type Guide, type GuideId, keyVariable, type SnippetTarget } from '@weir/snippets';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BedrockSimulator, startBedrockSimulator } from '../simulator/bedrock/index.js';
import { type Said, shell } from './clients/command.js';
import { environmentOf, saveFiles } from './clients/guide.js';
import {
  BASE_PATH,
  type Installed,
  mavenPackages,
  npmPackages,
  pythonPackages,
  type Toolchain,
} from './clients/toolchain.js';
import { type System, startSystem } from './system.js';

const NPM = [
  ...['openai@7.55.0', '@anthropic-ai/sdk@1.11.0', '@google/genai@3.1.0', '@aws-sdk/client-bedrock-runtime@3.1162.0'],
  ...['ai@7.0.173', '@ai-sdk/openai@4.0.118', '@ai-sdk/openai-compatible@3.0.92', '@ai-sdk/anthropic@4.0.105'],
  ...['@ai-sdk/google@4.0.121', '@ai-sdk/amazon-bedrock@5.0.101', '@langchain/core@1.2.13', '@langchain/openai@1.6.0'],
  ...['@langchain/anthropic@1.5.11', '@langchain/google-genai@2.3.2', '@langchain/aws@1.4.5'],
] as [string, ...string[]];
const PYTHON = [
  ...['openai==3.52.0', 'anthropic==2.11.0', 'google-genai==2.34.0', 'boto3==1.44.5', 'langchain-openai==1.7.3'],
  ...['langchain-anthropic==1.7.7', 'langchain-google-genai==4.4.2', 'langchain-aws==1.9.1'],
] as [string, ...string[]];

const BEDROCK_API_KEY = 'bedrock-api-key-of-the-simulator';
const SETTINGS = { region: 'us-east-1' };
/** What the simulated AWS offers; the other simulators take any name. */
const MODELS: Readonly<Record<string, string>> = { bedrock: 'us.anthropic.claude-sonnet-4-5-20250929-v1:0' };

const TYPES = ['openai', 'openai_compatible', 'anthropic', 'google', 'bedrock'] as const;
type Type = (typeof TYPES)[number];
type Kind = 'npm' | 'python' | 'maven' | 'none';

interface Run {
  readonly type: Type;
  readonly guide: GuideId;
  readonly passthrough: boolean;
  /** Each run calls a provider of its own, so that its usage event is told by the provider. */
  readonly provider: string;
}

/** What the guides of one kind share is run for some types only: a JVM takes its time, so does a first Go build. */
const RUN_FOR: Readonly<Partial<Record<GuideId, readonly Type[]>>> = { go: [], java: ['openai', 'anthropic'] };
/** Its guides are OpenAI's, but for this one. */
const RUN_FOR_COMPATIBLE: readonly GuideId[] = ['curl', 'ai-sdk'];
const RUN_WITH_PASSTHROUGH: readonly GuideId[] = ['curl', 'python', 'typescript', 'ai-sdk'];

function isRun(type: Type, id: GuideId, passthrough: boolean): boolean {
  if (passthrough && (type === 'openai_compatible' || !RUN_WITH_PASSTHROUGH.includes(id))) return false;
  if (type === 'openai_compatible') return RUN_FOR_COMPATIBLE.includes(id);
  return RUN_FOR[id]?.includes(type) ?? true;
}

const targetFor = (type: Type, passthrough: boolean, proxyUrl: string): SnippetTarget => ({
  ...{ type, passthrough, proxyUrl, model: MODELS[type] ?? null, settings: type === 'bedrock' ? SETTINGS : {} },
});
const RUNS: readonly Run[] = TYPES.flatMap((type) =>
  [false, true].flatMap((passthrough) =>
    codeGuides(targetFor(type, passthrough, 'http://127.0.0.1'))
      .filter(({ id }) => isRun(type, id, passthrough))
      .map(({ id }) => ({
        ...{ type, guide: id, passthrough },
        provider: `${type.replace('_', '-')}-${id}-${passthrough ? 'own-key' : 'our-key'}`,
      })),
  ),
);

let system: System;
let bedrock: BedrockSimulator;
let token: string;
const proxyUrls = new Map<string, string>();
const toolchains = new Map<Kind, Installed>([['none', { folder: tmpdir(), bin: '/usr/bin' }]]);
/** Words each client printed, by provider. */
const printed = new Map<string, number>();

beforeAll(async () => {
  bedrock = await startBedrockSimulator({ region: SETTINGS.region, accessKeys: [], apiKeys: [BEDROCK_API_KEY] });
  const [started, npm, python, maven] = await Promise.all([
    startSystem({ queue: 'redis', allowedHosts: [`127.0.0.1:${bedrock.port}`] }),
    npmPackages(NPM),
    pythonPackages(PYTHON),
    mavenPackages(javaPackages()),
  ]);
  system = started;
  for (const [kind, installed] of Object.entries({ npm, python, maven }) as [Kind, Installed][]) {
    toolchains.set(kind, installed);
    if ('missing' in installed) process.stdout.write(`not run: ${installed.missing}\n`);
  }
  await system.console.setUp(system.setupLink);
  for (const run of RUNS) proxyUrls.set(run.provider, await createProvider(run));
  token = await system.console.createToken(await system.console.createApp('snippets'));
  await system.configured();
}, 360_000);

afterAll(async () => {
  await system?.end();
  await bedrock?.close();
});

/** The coordinates the Java guides themselves name. */
function javaPackages(): [string, ...string[]] {
  const coordinates = (RUN_FOR.java ?? []).flatMap((type) => {
    const java = codeGuides(targetFor(type, false, '')).find(({ id }) => id === 'java');
    return /"(.+)"/.exec(java?.install ?? '')?.[1] ?? [];
  });
  return [...new Set(coordinates)] as [string, ...string[]];
}

function createProvider({ type, provider, passthrough }: Run): Promise<string> {
  const { simulator } = system;
  const baseUrls: Readonly<Record<Type, string>> = {
    openai: `${simulator.url}/v1`,
    openai_compatible: `${simulator.url}/v1`,
    anthropic: simulator.url,
    google: simulator.url,
    bedrock: bedrock.url,
  };
  const credential = {
    credentialKind: 'api_key',
    credentials: [{ slot: 'api_key', secretId: `${type.toUpperCase()}_KEY`, secretValue: upstreamKeyOf(type) }],
  };
  return system.console.createProvider({
    ...{ name: provider, displayName: provider, type, baseUrl: baseUrls[type], passthrough },
    ...(passthrough ? {} : credential),
    ...(type === 'bedrock' && { settings: [{ name: 'region', value: SETTINGS.region }] }),
  });
}

function upstreamKeyOf(type: Type): string {
  return type === 'bedrock' ? BEDROCK_API_KEY : system.upstreamKey;
}

function kindOf(id: GuideId): Kind {
  if (id === 'java') return 'maven';
  if (id === 'python' || id === 'langchain-python') return 'python';
  return id === 'curl' ? 'none' : 'npm';
}

/** Runs what the guide shows, letter by letter, as a person who has installed what it asks for. */
async function follow(guide: Guide, run: Run, { folder, bin }: Toolchain): Promise<Said> {
  const work = mkdtempSync(join(folder, 'run-'));
  saveFiles(guide, work, work);
  const program = guide.steps.find(({ title }) => title === 'Run');
  const line =
    guide.id === 'java'
      ? `javac -nowarn -cp '${bin}/*' Hello.java && java -cp '${bin}/*:.' Hello`
      : (program?.code ?? '').replace(/^curl /, 'curl -sS ');
  // With passthrough the guide leaves a place for the person's own key, which is given here.
  const environment = run.passthrough ? '' : environmentOf(guide);
  const said = await shell(`${environment}\n${line}`, {
    cwd: work,
    env: {
      PATH: [bin, BASE_PATH].join(delimiter),
      HOME: work,
      WEIR_TOKEN: token,
      ...(run.passthrough && { [keyVariable(run.type)]: upstreamKeyOf(run.type) }),
    },
  });
  rmSync(work, { recursive: true, force: true });
  return said;
}

/** Where each API has its text. */
const TEXT_IN: Readonly<Record<Type, RegExp>> = {
  openai: /"content":\s*"([^"]+)"/,
  openai_compatible: /"content":\s*"([^"]+)"/,
  anthropic: /"text":\s*"([^"]+)"/,
  google: /"text":\s*"([^"]+)"/,
  bedrock: /"text":\s*"([^"]+)"/,
};

/** The last line of plain words: what the simulated model wrote. */
function answerIn({ stdout }: Said, { guide, type }: Run): string {
  if (guide === 'curl') return TEXT_IN[type].exec(stdout)?.[1] ?? '';
  return (
    stdout
      .trim()
      .split('\n')
      .findLast((line) => /^[a-z]+( [a-z]+)+$/.test(line)) ?? ''
  );
}

describe.concurrent('what Connect shows is run as it stands', () => {
  it.for(RUNS)('$type, $guide, passthrough $passthrough', async (run, { skip }) => {
    const toolchain = toolchains.get(kindOf(run.guide)) ?? { missing: 'unknown' };
    if ('missing' in toolchain) return skip(toolchain.missing);
    const target = targetFor(run.type, run.passthrough, proxyUrls.get(run.provider) as string);
    const guide = codeGuides(target).find(({ id }) => id === run.guide) as Guide;
    const said = await follow(guide, run, toolchain);
    expect(said.code, `${said.stdout}\n${said.stderr}`).toBe(0);
    const words = answerIn(said, run).split(' ');
    expect(words.length, said.stdout).toBeGreaterThan(5);
    printed.set(run.provider, words.length);
  });
});

interface StoredCall {
  readonly provider: string;
  readonly outcome: string;
  readonly written: number;
}

const STORED = `
  SELECT provider, outcome, toFloat64(ifNull(output_tokens, 0)) - toFloat64(ifNull(reasoning_tokens, 0)) AS written
  FROM usage_events_v1`;

it('each of these calls is one usage event, with as many tokens as there were words', async () => {
  await system.settled();
  const events = await system.books.ask<StoredCall>(STORED);
  const byProvider = (a: { provider: string }, b: { provider: string }) => a.provider.localeCompare(b.provider);
  expect(printed.size).toBeGreaterThan(0);
  expect(events.toSorted(byProvider)).toEqual(
    [...printed].map(([provider, written]) => ({ provider, outcome: 'completed', written })).toSorted(byProvider),
  );
});
