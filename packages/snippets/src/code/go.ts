import type { CodeSample } from '../guide.js';
import { code, quoted } from '../literal.js';
import type { Subject } from '../target.js';
import { bedrockEnvironment } from './bedrock.js';

const TOKEN_VALUE = '"Bearer "+os.Getenv("WEIR_TOKEN")';

/** The type's official Go SDK. null: there is none. */
export function go(subject: Subject): CodeSample | null {
  const sample = { file: 'main.go', language: 'go', run: 'go run main.go' } as const;
  switch (subject.dialect) {
    case 'openai':
    case 'azure_deployment':
      return { ...sample, install: 'go get github.com/openai/openai-go/v3', code: openai(subject) };
    case 'anthropic':
      return { ...sample, install: 'go get github.com/anthropics/anthropic-sdk-go', code: anthropic(subject) };
    case 'google':
    case 'vertex':
      return { ...sample, install: 'go get google.golang.org/genai', code: google(subject) };
    case 'replicate':
      return null;
    case 'bedrock':
      return {
        ...sample,
        install: 'go get github.com/aws/aws-sdk-go-v2/config github.com/aws/aws-sdk-go-v2/service/bedrockruntime',
        environment: bedrockEnvironment(subject),
        code: bedrock(subject),
      };
  }
}

/** Imports as gofmt sorts them: the standard library, a blank line, the others. */
function program(standard: readonly string[], others: readonly string[], body: readonly (string | false)[]): string {
  return code(
    'package main',
    '',
    'import (',
    standard.map((path) => `\t"${path}"`),
    '',
    others.map((path) => `\t"${path}"`),
    ')',
    '',
    'func main() {',
    body.filter((line) => line !== false).map((line) => (line === '' ? '' : `\t${line}`)),
    '}',
  );
}

function openai({ dialect, sdkBaseUrl, model, passthrough, keyVariable, apiVersion }: Subject): string {
  const isAzure = dialect === 'azure_deployment';
  const path = isAzure ? `/openai/deployments/${encodeURIComponent(model)}` : '';
  return program(
    ['context', 'fmt', 'os'],
    ['github.com/openai/openai-go/v3', 'github.com/openai/openai-go/v3/option'],
    [
      'client := openai.NewClient(',
      `\toption.WithBaseURL(${quoted(`${sdkBaseUrl}${path}`)}),`,
      isAzure && `\toption.WithQuery("api-version", ${quoted(apiVersion)}),`,
      isAzure && `\toption.WithHeader("api-key", os.Getenv("${keyVariable}")),`,
      !isAzure && `\toption.WithAPIKey(os.Getenv("${keyVariable}")),`,
      passthrough && `\toption.WithHeader("x-weir-authorization", ${TOKEN_VALUE}),`,
      ')',
      'completion, err := client.Chat.Completions.New(context.Background(), openai.ChatCompletionNewParams{',
      `\tModel:    ${quoted(model)},`,
      '\tMessages: []openai.ChatCompletionMessageParamUnion{openai.UserMessage("Say hello")},',
      '})',
      'if err != nil {',
      '\tpanic(err)',
      '}',
      'fmt.Println(completion.Choices[0].Message.Content)',
    ],
  );
}

function anthropic({ sdkBaseUrl, model, passthrough, keyVariable }: Subject): string {
  return program(
    ['context', 'fmt', 'os'],
    ['github.com/anthropics/anthropic-sdk-go', 'github.com/anthropics/anthropic-sdk-go/option'],
    [
      'client := anthropic.NewClient(',
      `\toption.WithBaseURL(${quoted(sdkBaseUrl)}),`,
      `\toption.WithAPIKey(os.Getenv("${keyVariable}")),`,
      passthrough && `\toption.WithHeader("x-weir-authorization", ${TOKEN_VALUE}),`,
      ')',
      'message, err := client.Messages.New(context.Background(), anthropic.MessageNewParams{',
      `\tModel:     ${quoted(model)},`,
      '\tMaxTokens: 256,',
      '\tMessages:  []anthropic.MessageParam{anthropic.NewUserMessage(anthropic.NewTextBlock("Say hello"))},',
      '})',
      'if err != nil {',
      '\tpanic(err)',
      '}',
      'fmt.Println(message.Content[0].Text)',
    ],
  );
}

function google(subject: Subject): string {
  const { dialect, sdkBaseUrl, model, passthrough, keyVariable, project, location } = subject;
  const isVertex = dialect === 'vertex';
  const headers = [
    isVertex && !passthrough && `"Authorization": {${TOKEN_VALUE}}`,
    passthrough && `"x-weir-authorization": {${TOKEN_VALUE}}`,
  ].filter((header) => header !== false);
  return program(
    ['context', 'fmt', ...(headers.length > 0 ? ['net/http'] : []), 'os'],
    ['google.golang.org/genai'],
    [
      'ctx := context.Background()',
      'client, err := genai.NewClient(ctx, &genai.ClientConfig{',
      isVertex ? '\tBackend:  genai.BackendVertexAI,' : '\tBackend: genai.BackendGeminiAPI,',
      !isVertex && `\tAPIKey:  os.Getenv("${keyVariable}"),`,
      isVertex && `\tProject:  ${quoted(project)},`,
      isVertex && `\tLocation: ${quoted(location)},`,
      isVertex && !passthrough && '\t// A client of its own, so that no Google credential is looked for.',
      isVertex && !passthrough && '\tHTTPClient: http.DefaultClient,',
      '\tHTTPOptions: genai.HTTPOptions{',
      `\t\tBaseURL: ${quoted(sdkBaseUrl)},`,
      headers.length > 0 && `\t\tHeaders: http.Header{${headers.join(', ')}},`,
      '\t},',
      '})',
      'if err != nil {',
      '\tpanic(err)',
      '}',
      `response, err := client.Models.GenerateContent(ctx, ${quoted(model)}, genai.Text("Say hello"), nil)`,
      'if err != nil {',
      '\tpanic(err)',
      '}',
      'fmt.Println(response.Text())',
    ],
  );
}

function bedrock({ sdkBaseUrl, model, passthrough, region }: Subject): string {
  return program(
    ['context', 'fmt', ...(passthrough ? ['os'] : [])],
    [
      'github.com/aws/aws-sdk-go-v2/aws',
      'github.com/aws/aws-sdk-go-v2/config',
      'github.com/aws/aws-sdk-go-v2/service/bedrockruntime',
      'github.com/aws/aws-sdk-go-v2/service/bedrockruntime/types',
      ...(passthrough ? ['github.com/aws/smithy-go/transport/http'] : []),
    ],
    [
      'ctx := context.Background()',
      `cfg, err := config.LoadDefaultConfig(ctx, config.WithRegion(${quoted(region)}))`,
      'if err != nil {',
      '\tpanic(err)',
      '}',
      'client := bedrockruntime.NewFromConfig(cfg, func(o *bedrockruntime.Options) {',
      `\to.BaseEndpoint = aws.String(${quoted(sdkBaseUrl)})`,
      passthrough &&
        `\to.APIOptions = append(o.APIOptions, http.AddHeaderValue("x-weir-authorization", ${TOKEN_VALUE}))`,
      '})',
      'response, err := client.Converse(ctx, &bedrockruntime.ConverseInput{',
      `\tModelId: aws.String(${quoted(model)}),`,
      '\tMessages: []types.Message{{',
      '\t\tRole:    types.ConversationRoleUser,',
      '\t\tContent: []types.ContentBlock{&types.ContentBlockMemberText{Value: "Say hello"}},',
      '\t}},',
      '})',
      'if err != nil {',
      '\tpanic(err)',
      '}',
      'message := response.Output.(*types.ConverseOutputMemberMessage).Value',
      'fmt.Println(message.Content[0].(*types.ContentBlockMemberText).Value)',
    ],
  );
}
