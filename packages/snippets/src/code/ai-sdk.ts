import type { CodeSample } from '../guide.js';
import { code, single } from '../literal.js';
import type { Subject } from '../target.js';
import { TOKEN_HEADER } from './typescript.js';

/** The Vercel AI SDK. null: its package for this API cannot present a gateway token. */
export function aiSdk(subject: Subject): CodeSample | null {
  const provider = providerOf(subject);
  if (provider === null) return null;
  const { packageName, create, settings } = provider;
  return {
    install: `npm install ai ${packageName}`,
    file: 'hello.mts',
    language: 'typescript',
    run: 'node hello.mts',
    code: code(
      `import { ${create} } from '${packageName}';`,
      "import { generateText } from 'ai';",
      '',
      `const provider = ${create}({`,
      settings.filter((line) => line !== false).map((line) => `  ${line},`),
      subject.passthrough && `  headers: ${TOKEN_HEADER},`,
      '});',
      'const { text } = await generateText({',
      `  model: provider(${single(subject.model)}),`,
      "  prompt: 'Say hello',",
      '});',
      'console.log(text);',
    ),
  };
}

interface ProviderPackage {
  readonly packageName: string;
  readonly create: string;
  readonly settings: readonly (string | false)[];
}

function providerOf(subject: Subject): ProviderPackage | null {
  const { type, dialect, sdkBaseUrl, keyVariable, region, apiVersion } = subject;
  const apiKey = `apiKey: process.env.${keyVariable}`;
  const baseURL = (suffix: string) => `baseURL: ${single(`${sdkBaseUrl}${suffix}`)}`;
  switch (dialect) {
    case 'openai':
      // The package for OpenAI itself speaks the Responses API, which few others have.
      return type === 'openai'
        ? { packageName: '@ai-sdk/openai', create: 'createOpenAI', settings: [baseURL(''), apiKey] }
        : {
            packageName: '@ai-sdk/openai-compatible',
            create: 'createOpenAICompatible',
            settings: ["name: 'weir'", baseURL(''), apiKey],
          };
    case 'azure_deployment':
      return {
        packageName: '@ai-sdk/azure',
        create: 'createAzure',
        settings: [baseURL('/openai'), apiKey, `apiVersion: ${single(apiVersion)}`, 'useDeploymentBasedUrls: true'],
      };
    case 'anthropic':
      return { packageName: '@ai-sdk/anthropic', create: 'createAnthropic', settings: [baseURL('/v1'), apiKey] };
    case 'google':
      return {
        packageName: '@ai-sdk/google',
        create: 'createGoogle',
        settings: [baseURL('/v1beta'), apiKey],
      };
    case 'bedrock':
      return {
        packageName: '@ai-sdk/amazon-bedrock',
        create: 'createAmazonBedrock',
        settings: [`region: ${single(region)}`, baseURL(''), apiKey],
      };
    case 'vertex':
    case 'replicate':
      return null;
  }
}
