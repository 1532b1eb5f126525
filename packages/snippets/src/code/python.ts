import type { CodeSample } from '../guide.js';
import { code, quoted } from '../literal.js';
import type { Subject } from '../target.js';
import { bedrockEnvironment, isBearerRefused } from './bedrock.js';

const TOKEN_HEADER = `{"x-weir-authorization": f"Bearer {os.environ['WEIR_TOKEN']}"}`;

/** The type's official Python SDK. null: it cannot carry what is needed. */
export function python(subject: Subject): CodeSample | null {
  const sample = { file: 'hello.py', language: 'python', run: 'python hello.py' } as const;
  switch (subject.dialect) {
    case 'openai':
    case 'azure_deployment':
      return { ...sample, install: 'pip install openai', code: openai(subject) };
    case 'anthropic':
      return { ...sample, install: 'pip install anthropic', code: anthropic(subject) };
    case 'google':
      return { ...sample, install: 'pip install google-genai', code: google(subject) };
    case 'vertex':
      return { ...sample, install: 'pip install google-genai', code: vertex(subject) };
    case 'replicate':
      return { ...sample, install: 'pip install replicate', code: replicate(subject) };
    case 'bedrock':
      if (isBearerRefused(subject)) {
        return subject.passthrough ? null : { ...sample, install: 'pip install boto3', code: bedrockByHeader(subject) };
      }
      return {
        ...sample,
        install: 'pip install boto3',
        environment: bedrockEnvironment(subject),
        code: bedrock(subject),
      };
  }
}

function openai({ dialect, sdkBaseUrl, model, passthrough, keyVariable, apiVersion }: Subject): string {
  const isAzure = dialect === 'azure_deployment';
  const client = isAzure ? 'AzureOpenAI' : 'OpenAI';
  return code(
    'import os',
    '',
    `from openai import ${client}`,
    '',
    `client = ${client}(`,
    `    ${isAzure ? 'azure_endpoint' : 'base_url'}=${quoted(sdkBaseUrl)},`,
    isAzure && `    api_version=${quoted(apiVersion)},`,
    `    api_key=os.environ["${keyVariable}"],`,
    passthrough && `    default_headers=${TOKEN_HEADER},`,
    ')',
    'completion = client.chat.completions.create(',
    `    model=${quoted(model)},`,
    '    messages=[{"role": "user", "content": "Say hello"}],',
    ')',
    'print(completion.choices[0].message.content)',
  );
}

function anthropic({ sdkBaseUrl, model, passthrough, keyVariable }: Subject): string {
  return code(
    'import os',
    '',
    'from anthropic import Anthropic',
    '',
    'client = Anthropic(',
    `    base_url=${quoted(sdkBaseUrl)},`,
    `    api_key=os.environ["${keyVariable}"],`,
    passthrough && `    default_headers=${TOKEN_HEADER},`,
    ')',
    'message = client.messages.create(',
    `    model=${quoted(model)},`,
    '    max_tokens=256,',
    '    messages=[{"role": "user", "content": "Say hello"}],',
    ')',
    'print(message.content[0].text)',
  );
}

function google({ sdkBaseUrl, model, passthrough, keyVariable }: Subject): string {
  return code(
    'import os',
    '',
    'from google import genai',
    'from google.genai import types',
    '',
    'client = genai.Client(',
    `    api_key=os.environ["${keyVariable}"],`,
    httpOptions(sdkBaseUrl, passthrough),
    ')',
    `response = client.models.generate_content(model=${quoted(model)}, contents="Say hello")`,
    'print(response.text)',
  );
}

function vertex({ sdkBaseUrl, model, passthrough, project, location }: Subject): string {
  return code(
    'import os',
    '',
    'from google import genai',
    'from google.genai import types',
    !passthrough && 'from google.oauth2.credentials import Credentials',
    '',
    'client = genai.Client(',
    '    vertexai=True,',
    `    project=${quoted(project)},`,
    `    location=${quoted(location)},`,
    !passthrough && '    credentials=Credentials(os.environ["WEIR_TOKEN"]),',
    httpOptions(sdkBaseUrl, passthrough),
    ')',
    `response = client.models.generate_content(model=${quoted(model)}, contents="Say hello")`,
    'print(response.text)',
  );
}

function httpOptions(baseUrl: string, passthrough: boolean): readonly string[] {
  if (!passthrough) return [`    http_options=types.HttpOptions(base_url=${quoted(baseUrl)}),`];
  return [
    '    http_options=types.HttpOptions(',
    `        base_url=${quoted(baseUrl)},`,
    `        headers=${TOKEN_HEADER},`,
    '    ),',
  ];
}

function replicate({ sdkBaseUrl, model, passthrough, keyVariable }: Subject): string {
  return code(
    'import os',
    '',
    'from replicate.client import Client',
    '',
    'client = Client(',
    `    api_token=os.environ["${keyVariable}"],`,
    `    base_url=${quoted(sdkBaseUrl)},`,
    passthrough && `    headers=${TOKEN_HEADER},`,
    ')',
    `print("".join(client.run(${quoted(model)}, input={"prompt": "Say hello"})))`,
  );
}

const ADD_TOKEN = [
  '',
  'def add_token(params, **kwargs):',
  `    params["headers"].update(${TOKEN_HEADER})`,
  '',
  'client.meta.events.register("before-call.bedrock-runtime", add_token)',
  '',
];

function bedrock({ sdkBaseUrl, model, passthrough, region }: Subject): string {
  return code(
    passthrough && ['import os', ''],
    'import boto3',
    '',
    'client = boto3.client(',
    '    "bedrock-runtime",',
    `    region_name=${quoted(region)},`,
    `    endpoint_url=${quoted(sdkBaseUrl)},`,
    ')',
    passthrough && ADD_TOKEN,
    converse(model),
  );
}

/** The SDK signs with whatever it is given; the proxy takes the signature off and signs with its own credential. */
function bedrockByHeader({ sdkBaseUrl, model, region }: Subject): string {
  return code(
    'import os',
    '',
    'import boto3',
    '',
    '# The signature is replaced, so any key will do; the token travels in a header of its own.',
    'client = boto3.client(',
    '    "bedrock-runtime",',
    `    region_name=${quoted(region)},`,
    `    endpoint_url=${quoted(sdkBaseUrl)},`,
    '    aws_access_key_id="unused",',
    '    aws_secret_access_key="unused",',
    ')',
    ADD_TOKEN,
    converse(model),
  );
}

function converse(model: string): readonly string[] {
  return [
    'response = client.converse(',
    `    modelId=${quoted(model)},`,
    '    messages=[{"role": "user", "content": [{"text": "Say hello"}]}],',
    ')',
    'print(response["output"]["message"]["content"][0]["text"])',
  ];
}
