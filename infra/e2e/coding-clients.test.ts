import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { clientGuides, type Guide, type GuideId } from '@weir/snippets';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toolScript } from '../simulator/index.js';
import { type Said, shell } from './clients/command.js';
import { environmentOf, saveFiles } from './clients/guide.js';
import { BASE_PATH, type Installed, npmPackages } from './clients/toolchain.js';
import { type System, startSystem } from './system.js';

const PACKAGES: [string, ...string[]] = [
  '@anthropic-ai/claude-code@2.1.329',
  '@openai/codex@0.169.0',
  '@google/gemini-cli@0.61.0',
  'opencode-ai@1.18.33',
];

/** How one coding client is told to do something without asking, and the tool of its own that does it. */
interface Client {
  readonly id: GuideId;
  readonly type: 'openai' | 'anthropic' | 'google';
  readonly model: string | null;
  readonly tool: string;
  readonly toolArguments: Readonly<Record<string, unknown>>;
  /** Runs one turn with the prompt in `$PROMPT`. */
  readonly command: string;
  /** What a machine without a person or the internet needs besides the guide. */
  readonly environment?: NodeJS.ProcessEnv;
}

const PATIENCE = { timeout: 60_000, interval: 200 };
const MADE = 'made.txt';
const WRITE = `echo water > ${MADE}`;

const CLIENTS: readonly Client[] = [
  {
    ...{ id: 'claude-code', type: 'anthropic', model: 'claude-sonnet-4-6' },
    ...{ tool: 'Bash', toolArguments: { command: WRITE, description: 'Write a file' } },
    command: 'claude -p "$PROMPT" --allowedTools Bash',
  },
  {
    ...{ id: 'codex', type: 'openai', model: null },
    ...{ tool: 'exec_command', toolArguments: { cmd: WRITE } },
    command: 'codex exec --skip-git-repo-check --dangerously-bypass-approvals-and-sandbox "$PROMPT"',
  },
  {
    ...{ id: 'gemini-cli', type: 'google', model: null },
    ...{ tool: 'write_file', toolArguments: { file_path: MADE, content: 'water\n' } },
    command: 'gemini --approval-mode yolo -p "$PROMPT"',
    environment: { GEMINI_CLI_TRUST_WORKSPACE: 'true' },
  },
  ...(['openai', 'anthropic'] as const).map(
    (type): Client => ({
      ...{ id: 'opencode', type, model: null },
      ...{ tool: 'bash', toolArguments: { command: WRITE, description: 'Write a file' } },
      command: 'opencode run "$PROMPT"',
      environment: { OPENCODE_DISABLE_AUTOUPDATE: '1', OPENCODE_DISABLE_MODELS_FETCH: '1' },
    }),
  ),
];
const providerOf = ({ id, type }: Client) => `${id}-${type}`;

let system: System;
let installed: Installed;
let token: string;
const rooms = mkdtempSync(join(tmpdir(), 'weir-coding-'));
const proxyUrls = new Map<string, string>();

beforeAll(async () => {
  [system, installed] = await Promise.all([startSystem({ queue: 'redis' }), npmPackages(PACKAGES)]);
  if ('missing' in installed) process.stdout.write(`not run: ${installed.missing}\n`);
  const { console, simulator, upstreamKey } = system;
  await console.setUp(system.setupLink);
  for (const client of CLIENTS) {
    const name = providerOf(client);
    const url = await console.createProvider({
      ...{ name, displayName: name, type: client.type },
      baseUrl: client.type === 'openai' ? `${simulator.url}/v1` : simulator.url,
      ...{ secretId: `${client.type.toUpperCase()}_KEY`, secretValue: upstreamKey },
      ...{ recordInputs: true, recordOutputs: true },
    });
    proxyUrls.set(name, url);
  }
  token = await console.createToken(await console.createApp('coding'));
  await system.configured();
}, 360_000);

afterAll(async () => {
  await system?.end();
  rmSync(rooms, { recursive: true, force: true });
});

/** A home and a project that hold nothing but what the guide says. */
async function turn(client: Client, bin: string): Promise<{ said: Said; project: string }> {
  const room = join(rooms, providerOf(client));
  const [home, project] = [join(room, 'home'), join(room, 'project')];
  mkdirSync(home, { recursive: true });
  mkdirSync(project, { recursive: true });
  const proxyUrl = proxyUrls.get(providerOf(client)) as string;
  const guide = clientGuides({ type: client.type, proxyUrl, model: client.model }).find(
    ({ id }) => id === client.id,
  ) as Guide;
  saveFiles(guide, home, project);
  const said = await shell(`${environmentOf(guide)}\n${client.command}`, {
    cwd: project,
    env: {
      ...client.environment,
      PATH: [bin, BASE_PATH].join(delimiter),
      HOME: home,
      WEIR_TOKEN: token,
      PROMPT: `Do this: ${toolScript(client.tool, client.toolArguments)}`,
    },
  });
  return { said, project };
}

interface RecordedTurn {
  readonly conversation: string;
  readonly id: string;
  readonly parent: string | null;
  readonly awaitsTool: boolean;
  readonly title: string;
}

interface StoredCall {
  readonly outcome: string;
  readonly usageSource: string;
  readonly output: number;
}

const recordedTurns = (client: Client) =>
  system.books.ask<RecordedTurn>(`
    SELECT toString(conversation_id) AS conversation, toString(event_id) AS id, toString(parent_event_id) AS parent,
      awaits_tool AS awaitsTool, title
    FROM transcript_turns_v1 WHERE provider = '${providerOf(client)}' ORDER BY started_at`);

describe('a coding client set up by its guide', () => {
  it.for(CLIENTS)(
    '$id completes a turn with a tool call through a provider of $type, and it is one conversation',
    async (client, { skip }) => {
      if ('missing' in installed) return skip(installed.missing);
      const { said, project } = await turn(client, installed.bin);
      const shown = `${said.stdout}\n${said.stderr}`;
      expect(said.code, shown).toBe(0);
      expect(existsSync(join(project, MADE)), shown).toBe(true);
      expect(readFileSync(join(project, MADE), 'utf8')).toBe('water\n');
      // What the model wrote after the tool's result.
      expect(said.stdout, shown).toMatch(/^[a-z]+( [a-z]+){5,}$/m);

      await system.settled();
      const events = await system.books.ask<StoredCall>(`
      SELECT outcome, usage_source AS usageSource, toFloat64(ifNull(output_tokens, 0)) AS output
      FROM usage_events_v1 WHERE provider = '${providerOf(client)}'`);
      expect(events.length).toBeGreaterThanOrEqual(2);
      for (const event of events) expect(event).toMatchObject({ outcome: 'completed', usageSource: 'reported' });
      expect(events.every(({ output }) => output > 0)).toBe(true);

      // What it sends to name its session, or else its words, put its calls together; nobody set a header of ours.
      await expect.poll(() => recordedTurns(client), PATIENCE).toHaveLength(events.length);
      const turns = await recordedTurns(client);
      const [asked, ...others] = turns.filter(({ awaitsTool }) => awaitsTool);
      const answered = turns.filter(({ parent }) => parent !== null);
      expect(others).toEqual([]);
      expect(answered).toMatchObject([{ parent: asked?.id, conversation: asked?.conversation, awaitsTool: false }]);
      expect(asked?.title).toMatch(/^"?Do this: sim-call:/);
      const shownAs = await system.console.ask<{ conversation: { title: string } }>(
        'query($id: ID!) { conversation(id: $id) { title } }',
        { id: asked?.conversation },
      );
      expect(shownAs.conversation.title).toBe(asked?.title);
    },
  );
});
