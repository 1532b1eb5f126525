import type { ClientClosePolicy, ProviderType } from '@weir/contracts';

/** What is done with the upstream when a client goes away, unless a provider says otherwise. */
export interface ClientClose {
  readonly policy: ClientClosePolicy;
  /** One sentence for the person who decides. */
  readonly because: string;
  /** Where what the upstream does is published. */
  readonly source: string;
}

const OPENROUTER = 'https://openrouter.ai/docs/api-reference/streaming';

/** Breaking the connection off stops the model, and with it the bill. */
const stops = (vendor: string): ClientClose => ({
  policy: 'cancel',
  because: `${vendor} stops a stream, and its bill, when the connection is closed; what was written until then is counted from the text.`,
  source: OPENROUTER,
});

/** The model writes on unheard, and all of it is billed. */
const goesOn = (vendor: string): ClientClose => ({
  policy: 'drain',
  because: `${vendor} goes on after the connection is closed and bills the whole answer, so it is read to its end and counted.`,
  source: OPENROUTER,
});

export const CLIENT_CLOSE: Readonly<Record<ProviderType, ClientClose>> = {
  openai: stops('OpenAI'),
  anthropic: stops('Anthropic'),
  azure_openai: stops('Azure'),
  azure_foundry: stops('Azure'),
  cohere: stops('Cohere'),
  deepseek: stops('DeepSeek'),
  together: stops('Together'),
  fireworks: stops('Fireworks'),
  xai: stops('xAI'),
  google: goesOn('Google'),
  vertex: goesOn('Google'),
  bedrock: goesOn('AWS Bedrock'),
  groq: goesOn('Groq'),
  mistral: goesOn('Mistral'),
  perplexity: goesOn('Perplexity'),
  replicate: goesOn('Replicate'),
  hugging_face: goesOn('Hugging Face'),
  ai21: goesOn('AI21'),
  ollama: {
    policy: 'cancel',
    because: 'Ollama stops when the connection is closed, which frees your machine; nobody bills the rest.',
    source: 'https://github.com/ollama/ollama/issues/2876',
  },
  openai_compatible: {
    policy: 'drain',
    because:
      'Nobody can know whether this server stops when the connection is closed, and only a whole answer states its usage; choose cancel for one that stops, as vLLM does.',
    source: 'https://github.com/vllm-project/vllm/pull/32442',
  },
};
