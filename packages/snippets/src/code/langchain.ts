import type { CodeSample } from '../guide.js';
import { code, quoted, single } from '../literal.js';
import type { Subject } from '../target.js';
import { bedrockEnvironment, isBearerRefused } from './bedrock.js';
import { TOKEN_HEADER } from './typescript.js';

/** A chat model of LangChain: its package, its class and the arguments that lead it to the provider. */
interface ChatModel {
  readonly packageName: string;
  readonly className: string;
  readonly arguments: readonly (string | false)[];
  readonly environment?: string;
  /** A class of another package that the arguments use. */
  readonly imports?: { readonly packageName: string; readonly className: string };
}

const PYTHON_TOKEN_HEADER = `{"x-weir-authorization": f"Bearer {os.environ['WEIR_TOKEN']}"}`;

/** null: LangChain's class for this API cannot present a gateway token. */
export function langchainPython(subject: Subject): CodeSample | null {
  const model = pythonModel(subject);
  if (model === null) return null;
  const { packageName, className, environment = null } = model;
  const usesEnvironment = model.arguments.some((line) => line !== false && line.includes('os.environ'));
  return {
    install: `pip install ${packageName}`,
    environment,
    file: 'hello.py',
    language: 'python',
    run: 'python hello.py',
    code: code(
      usesEnvironment && ['import os', ''],
      `from ${packageName.replaceAll('-', '_')} import ${className}`,
      '',
      `model = ${className}(`,
      model.arguments.filter((line) => line !== false).map((line) => `    ${line},`),
      ')',
      'print(model.invoke("Say hello").text)',
    ),
  };
}

function pythonModel(subject: Subject): ChatModel | null {
  const { dialect, sdkBaseUrl, model, passthrough, keyVariable, region, apiVersion } = subject;
  const key = `api_key=os.environ["${keyVariable}"]`;
  const headers = passthrough && `default_headers=${PYTHON_TOKEN_HEADER}`;
  switch (dialect) {
    case 'openai':
      return {
        packageName: 'langchain-openai',
        className: 'ChatOpenAI',
        arguments: [`model=${quoted(model)}`, `base_url=${quoted(sdkBaseUrl)}`, key, headers],
      };
    case 'azure_deployment':
      return {
        packageName: 'langchain-openai',
        className: 'AzureChatOpenAI',
        arguments: [
          `azure_deployment=${quoted(model)}`,
          `azure_endpoint=${quoted(sdkBaseUrl)}`,
          `api_version=${quoted(apiVersion)}`,
          key,
          headers,
        ],
      };
    case 'anthropic':
      return {
        packageName: 'langchain-anthropic',
        className: 'ChatAnthropic',
        arguments: [`model=${quoted(model)}`, `base_url=${quoted(sdkBaseUrl)}`, key, headers],
      };
    case 'google':
      return {
        packageName: 'langchain-google-genai',
        className: 'ChatGoogleGenerativeAI',
        arguments: [
          `model=${quoted(model)}`,
          `base_url=${quoted(sdkBaseUrl)}`,
          key,
          passthrough && `additional_headers=${PYTHON_TOKEN_HEADER}`,
        ],
      };
    case 'bedrock':
      if (passthrough || isBearerRefused(subject)) return null;
      return {
        packageName: 'langchain-aws',
        className: 'ChatBedrockConverse',
        arguments: [`model=${quoted(model)}`, `region_name=${quoted(region)}`, `base_url=${quoted(sdkBaseUrl)}`],
        environment: bedrockEnvironment(subject),
      };
    case 'vertex':
    case 'replicate':
      return null;
  }
}

/** null: LangChain's class for this API cannot present a gateway token. */
export function langchainTypescript(subject: Subject): CodeSample | null {
  const model = typescriptModel(subject);
  if (model === null) return null;
  const { packageName, className, environment = null, imports } = model;
  return {
    install: `npm install ${packageName} @langchain/core${imports ? ` ${imports.packageName}` : ''}`,
    environment,
    file: 'hello.mts',
    language: 'typescript',
    run: 'node hello.mts',
    code: code(
      imports !== undefined && `import { ${imports.className} } from '${imports.packageName}';`,
      `import { ${className} } from '${packageName}';`,
      '',
      `const model = new ${className}({`,
      model.arguments.filter((line) => line !== false).map((line) => `  ${line},`),
      '});',
      "const message = await model.invoke('Say hello');",
      'console.log(message.text);',
    ),
  };
}

function typescriptModel(subject: Subject): ChatModel | null {
  const { dialect, sdkBaseUrl, model, passthrough, keyVariable, region, apiVersion } = subject;
  const named = `model: ${single(model)}`;
  const key = `apiKey: process.env.${keyVariable}`;
  switch (dialect) {
    case 'openai': {
      const headers = passthrough ? `, defaultHeaders: ${TOKEN_HEADER}` : '';
      return {
        packageName: '@langchain/openai',
        className: 'ChatOpenAI',
        arguments: [named, key, `configuration: { baseURL: ${single(sdkBaseUrl)}${headers} }`],
      };
    }
    case 'azure_deployment':
      if (passthrough) return null;
      return {
        packageName: '@langchain/openai',
        className: 'AzureChatOpenAI',
        arguments: [
          `azureOpenAIEndpoint: ${single(sdkBaseUrl)}`,
          `azureOpenAIApiDeploymentName: ${single(model)}`,
          `azureOpenAIApiVersion: ${single(apiVersion)}`,
          `azureOpenAIApiKey: process.env.${keyVariable}`,
        ],
      };
    case 'anthropic':
      return {
        packageName: '@langchain/anthropic',
        className: 'ChatAnthropic',
        arguments: [
          named,
          key,
          `anthropicApiUrl: ${single(sdkBaseUrl)}`,
          passthrough && `clientOptions: { defaultHeaders: ${TOKEN_HEADER} }`,
        ],
      };
    case 'google':
      return {
        packageName: '@langchain/google-genai',
        className: 'ChatGoogleGenerativeAI',
        arguments: [named, key, `baseUrl: ${single(sdkBaseUrl)}`, passthrough && `customHeaders: ${TOKEN_HEADER}`],
      };
    case 'bedrock':
      if (passthrough) return null;
      return {
        packageName: '@langchain/aws',
        className: 'ChatBedrockConverse',
        arguments: [
          named,
          `region: ${single(region)}`,
          `client: new BedrockRuntimeClient({ region: ${single(region)}, endpoint: ${single(sdkBaseUrl)} })`,
        ],
        // Its own setting for another endpoint knows https only.
        imports: { packageName: '@aws-sdk/client-bedrock-runtime', className: 'BedrockRuntimeClient' },
        environment: bedrockEnvironment(subject),
      };
    case 'vertex':
    case 'replicate':
      return null;
  }
}
