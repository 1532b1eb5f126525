import type { CodeSample } from '../guide.js';
import { code, quoted } from '../literal.js';
import type { Subject } from '../target.js';
import { bedrockEnvironment } from './bedrock.js';

const TOKEN_VALUE = '"Bearer " + System.getenv("WEIR_TOKEN")';

/** Maven coordinates, since Java has no command that takes the newest. */
const COORDINATES = {
  openai: 'com.openai:openai-java:4.100.0',
  anthropic: 'com.anthropic:anthropic-java:3.11.0',
  google: 'com.google.genai:google-genai:1.70.0',
  bedrock: 'software.amazon.awssdk:bedrockruntime:2.54.14',
};

/** The type's official Java SDK. null: there is none. */
export function java(subject: Subject): CodeSample | null {
  const sample = { file: 'Hello.java', language: 'java', run: null } as const;
  const install = (coordinate: string) => `implementation("${coordinate}")`;
  switch (subject.dialect) {
    case 'openai':
    case 'azure_deployment':
      return { ...sample, install: install(COORDINATES.openai), code: openai(subject) };
    case 'anthropic':
      return { ...sample, install: install(COORDINATES.anthropic), code: anthropic(subject) };
    case 'google':
    case 'vertex':
      return { ...sample, install: install(COORDINATES.google), code: google(subject) };
    case 'replicate':
      return null;
    case 'bedrock':
      return {
        ...sample,
        install: install(COORDINATES.bedrock),
        environment: bedrockEnvironment(subject),
        code: bedrock(subject),
      };
  }
}

function program(imports: readonly string[], body: readonly (string | false)[]): string {
  return code(
    imports.map((path) => `import ${path};`),
    '',
    'public class Hello {',
    '  public static void main(String[] args) {',
    body.filter((line) => line !== false).map((line) => `    ${line}`),
    '  }',
    '}',
  );
}

function openai({ dialect, sdkBaseUrl, model, passthrough, keyVariable, apiVersion }: Subject): string {
  const isAzure = dialect === 'azure_deployment';
  const path = isAzure ? `/openai/deployments/${encodeURIComponent(model)}` : '';
  return program(
    [
      'com.openai.client.OpenAIClient',
      'com.openai.client.okhttp.OpenAIOkHttpClient',
      'com.openai.models.chat.completions.ChatCompletionCreateParams',
    ],
    [
      'OpenAIClient client = OpenAIOkHttpClient.builder()',
      `    .baseUrl(${quoted(`${sdkBaseUrl}${path}`)})`,
      isAzure && `    .putQueryParam("api-version", ${quoted(apiVersion)})`,
      isAzure && `    .putHeader("api-key", System.getenv("${keyVariable}"))`,
      `    .apiKey(System.getenv("${keyVariable}"))`,
      passthrough && `    .putHeader("x-weir-authorization", ${TOKEN_VALUE})`,
      '    .build();',
      'var params = ChatCompletionCreateParams.builder()',
      `    .model(${quoted(model)})`,
      '    .addUserMessage("Say hello")',
      '    .build();',
      'client.chat().completions().create(params).choices().stream()',
      '    .flatMap(choice -> choice.message().content().stream())',
      '    .forEach(System.out::println);',
    ],
  );
}

function anthropic({ sdkBaseUrl, model, passthrough, keyVariable }: Subject): string {
  return program(
    [
      'com.anthropic.client.AnthropicClient',
      'com.anthropic.client.okhttp.AnthropicOkHttpClient',
      'com.anthropic.models.messages.MessageCreateParams',
    ],
    [
      'AnthropicClient client = AnthropicOkHttpClient.builder()',
      `    .baseUrl(${quoted(sdkBaseUrl)})`,
      `    .apiKey(System.getenv("${keyVariable}"))`,
      passthrough && `    .putHeader("x-weir-authorization", ${TOKEN_VALUE})`,
      '    .build();',
      'var params = MessageCreateParams.builder()',
      `    .model(${quoted(model)})`,
      '    .maxTokens(256)',
      '    .addUserMessage("Say hello")',
      '    .build();',
      'client.messages().create(params).content().stream()',
      '    .flatMap(block -> block.text().stream())',
      '    .forEach(block -> System.out.println(block.text()));',
    ],
  );
}

function google({ dialect, sdkBaseUrl, model, passthrough, keyVariable, project, location }: Subject): string {
  const isVertex = dialect === 'vertex';
  const isTokenInGoogleForm = isVertex && !passthrough;
  return program(
    [
      ...(isTokenInGoogleForm
        ? ['com.google.auth.oauth2.AccessToken', 'com.google.auth.oauth2.GoogleCredentials']
        : []),
      'com.google.genai.Client',
      'com.google.genai.types.HttpOptions',
      ...(passthrough ? ['java.util.Map'] : []),
    ],
    [
      'var options = HttpOptions.builder()',
      `    .baseUrl(${quoted(sdkBaseUrl)})`,
      passthrough && `    .headers(Map.of("x-weir-authorization", ${TOKEN_VALUE}))`,
      '    .build();',
      'Client client = Client.builder()',
      !isVertex && `    .apiKey(System.getenv("${keyVariable}"))`,
      isVertex && '    .vertexAI(true)',
      isVertex && `    .project(${quoted(project)})`,
      isVertex && `    .location(${quoted(location)})`,
      isTokenInGoogleForm &&
        '    .credentials(GoogleCredentials.create(new AccessToken(System.getenv("WEIR_TOKEN"), null)))',
      '    .httpOptions(options)',
      '    .build();',
      `System.out.println(client.models.generateContent(${quoted(model)}, "Say hello", null).text());`,
    ],
  );
}

function bedrock({ sdkBaseUrl, model, passthrough, region }: Subject): string {
  return program(
    [
      'java.net.URI',
      'software.amazon.awssdk.regions.Region',
      'software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient',
      'software.amazon.awssdk.services.bedrockruntime.model.ContentBlock',
      'software.amazon.awssdk.services.bedrockruntime.model.ConversationRole',
    ],
    [
      'BedrockRuntimeClient client = BedrockRuntimeClient.builder()',
      `    .region(Region.of(${quoted(region)}))`,
      `    .endpointOverride(URI.create(${quoted(sdkBaseUrl)}))`,
      passthrough && `    .overrideConfiguration(c -> c.putHeader("x-weir-authorization", ${TOKEN_VALUE}))`,
      '    .build();',
      'var response = client.converse(request -> request',
      `    .modelId(${quoted(model)})`,
      '    .messages(message -> message',
      '        .role(ConversationRole.USER)',
      '        .content(ContentBlock.fromText("Say hello"))));',
      'System.out.println(response.output().message().content().get(0).text());',
    ],
  );
}
