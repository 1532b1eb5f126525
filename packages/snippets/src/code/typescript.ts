import type { CodeSample } from '../guide.js';
import { code, single } from '../literal.js';
import type { Subject } from '../target.js';
import { bedrockEnvironment } from './bedrock.js';

// biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholder is part of the code shown
export const TOKEN_HEADER = "{ 'x-weir-authorization': `Bearer ${process.env.WEIR_TOKEN}` }";

/** The type's official SDK for TypeScript and JavaScript. */
export function typescript(subject: Subject): CodeSample {
  const sample = { file: 'hello.mts', language: 'typescript', run: 'node hello.mts' } as const;
  switch (subject.dialect) {
    case 'openai':
    case 'azure_deployment':
      return { ...sample, install: 'npm install openai', code: openai(subject) };
    case 'anthropic':
      return { ...sample, install: 'npm install @anthropic-ai/sdk', code: anthropic(subject) };
    case 'google':
      return { ...sample, install: 'npm install @google/genai', code: google(subject) };
    case 'vertex':
      return { ...sample, install: 'npm install @google/genai google-auth-library', code: vertex(subject) };
    case 'replicate':
      return { ...sample, install: 'npm install replicate', code: replicate(subject) };
    case 'bedrock':
      return {
        ...sample,
        install: 'npm install @aws-sdk/client-bedrock-runtime',
        environment: bedrockEnvironment(subject),
        code: bedrock(subject),
      };
  }
}

function openai({ dialect, sdkBaseUrl, model, passthrough, keyVariable, apiVersion }: Subject): string {
  const isAzure = dialect === 'azure_deployment';
  return code(
    isAzure ? "import { AzureOpenAI } from 'openai';" : "import OpenAI from 'openai';",
    '',
    `const client = new ${isAzure ? 'AzureOpenAI' : 'OpenAI'}({`,
    `  ${isAzure ? 'endpoint' : 'baseURL'}: ${single(sdkBaseUrl)},`,
    isAzure && `  apiVersion: ${single(apiVersion)},`,
    `  apiKey: process.env.${keyVariable},`,
    passthrough && `  defaultHeaders: ${TOKEN_HEADER},`,
    '});',
    'const completion = await client.chat.completions.create({',
    `  model: ${single(model)},`,
    "  messages: [{ role: 'user', content: 'Say hello' }],",
    '});',
    'console.log(completion.choices[0]?.message.content);',
  );
}

function anthropic({ sdkBaseUrl, model, passthrough, keyVariable }: Subject): string {
  return code(
    "import Anthropic from '@anthropic-ai/sdk';",
    '',
    'const client = new Anthropic({',
    `  baseURL: ${single(sdkBaseUrl)},`,
    `  apiKey: process.env.${keyVariable},`,
    passthrough && `  defaultHeaders: ${TOKEN_HEADER},`,
    '});',
    'const message = await client.messages.create({',
    `  model: ${single(model)},`,
    '  max_tokens: 256,',
    "  messages: [{ role: 'user', content: 'Say hello' }],",
    '});',
    "for (const block of message.content) if (block.type === 'text') console.log(block.text);",
  );
}

function google({ sdkBaseUrl, model, passthrough, keyVariable }: Subject): string {
  return code(
    "import { GoogleGenAI } from '@google/genai';",
    '',
    'const client = new GoogleGenAI({',
    `  apiKey: process.env.${keyVariable},`,
    httpOptions(sdkBaseUrl, passthrough),
    '});',
    generate(model),
  );
}

function vertex({ sdkBaseUrl, model, passthrough, project, location }: Subject): string {
  return code(
    "import { GoogleGenAI } from '@google/genai';",
    !passthrough && [
      "import { OAuth2Client } from 'google-auth-library';",
      '',
      'const authClient = new OAuth2Client();',
      'authClient.setCredentials({ access_token: process.env.WEIR_TOKEN });',
    ],
    '',
    'const client = new GoogleGenAI({',
    '  vertexai: true,',
    `  project: ${single(project)},`,
    `  location: ${single(location)},`,
    !passthrough && '  googleAuthOptions: { authClient },',
    httpOptions(sdkBaseUrl, passthrough),
    '});',
    generate(model),
  );
}

function httpOptions(baseUrl: string, passthrough: boolean): string {
  return passthrough
    ? `  httpOptions: { baseUrl: ${single(baseUrl)}, headers: ${TOKEN_HEADER} },`
    : `  httpOptions: { baseUrl: ${single(baseUrl)} },`;
}

function generate(model: string): readonly string[] {
  return [
    'const response = await client.models.generateContent({',
    `  model: ${single(model)},`,
    "  contents: 'Say hello',",
    '});',
    'console.log(response.text);',
  ];
}

function replicate({ sdkBaseUrl, model, passthrough, keyVariable }: Subject): string {
  return code(
    "import Replicate from 'replicate';",
    '',
    'const client = new Replicate({',
    `  auth: process.env.${keyVariable},`,
    `  baseUrl: ${single(`${sdkBaseUrl}/v1`)},`,
    passthrough && [
      '  fetch: (url, init) =>',
      `    fetch(url, { ...init, headers: { ...Object.fromEntries(new Headers(init?.headers)), ...${TOKEN_HEADER} } }),`,
    ],
    '});',
    `const output = await client.run(${single(model)}, { input: { prompt: 'Say hello' } });`,
    "console.log(Array.isArray(output) ? output.join('') : output);",
  );
}

function bedrock({ sdkBaseUrl, model, passthrough, region }: Subject): string {
  return code(
    "import { BedrockRuntimeClient, ConverseCommand } from '@aws-sdk/client-bedrock-runtime';",
    '',
    'const client = new BedrockRuntimeClient({',
    `  region: ${single(region)},`,
    `  endpoint: ${single(sdkBaseUrl)},`,
    '});',
    passthrough && [
      'client.middlewareStack.add(',
      '  (next) => (args) => {',
      '    const { headers } = args.request as { headers: Record<string, string> };',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholder is part of the code shown
      "    headers['x-weir-authorization'] = `Bearer ${process.env.WEIR_TOKEN}`;",
      '    return next(args);',
      '  },',
      "  { step: 'build' },",
      ');',
    ],
    'const { output } = await client.send(',
    '  new ConverseCommand({',
    `    modelId: ${single(model)},`,
    "    messages: [{ role: 'user', content: [{ text: 'Say hello' }] }],",
    '  }),',
    ');',
    'console.log(output?.message?.content?.[0]?.text);',
  );
}
