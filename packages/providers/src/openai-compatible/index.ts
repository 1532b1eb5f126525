import { CLIENT_CLOSE } from '../client-close/client-close.js';
import { apiKeyForm, NO_CREDENTIAL } from '../credential/api-key.js';
import { openai } from '../openai/index.js';
import { speakingMessages } from '../presets/speaking-messages.js';
import type { ProviderTypeDefinition } from '../provider-type.js';

/** Any server that speaks the OpenAI API at an address of its own: vLLM, Ollama, LiteLLM, Groq, OpenRouter, ... */
export const openaiCompatible: ProviderTypeDefinition = speakingMessages({
  ...openai,
  type: 'openai_compatible',
  label: 'OpenAI-compatible',
  summary: 'Any server that speaks the OpenAI API, such as vLLM.',
  clientClose: CLIENT_CLOSE.openai_compatible,
  credentialForms: [
    apiKeyForm('LLM_API_KEY', 'The key the server was started with, or its vendor’s console gives out.'),
    NO_CREDENTIAL,
  ],
  baseUrlFor: () => null,
  baseUrlHint: {
    example: 'https://llm.example.com/v1',
    help: 'Where the server’s OpenAI-style API begins, usually ending in /v1.',
  },
});
