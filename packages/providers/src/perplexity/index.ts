import { capabilityRow, OPENAI_ENDPOINTS } from '../capabilities/capability.js';
import type { Preset } from '../presets/preset.js';
import { endpointOf } from './endpoint.js';
import { upstreamPath } from './path.js';
import { probe } from './probe.js';
import { requestUsage } from './stream-usage.js';
import { perplexityUsage } from './usage.js';

const { chat, responses, embeddings, models } = OPENAI_ENDPOINTS;

/** https://docs.perplexity.ai/docs/agent-api/migrate-from-sonar/overview */
export const perplexity: Preset = {
  type: 'perplexity',
  label: 'Perplexity',
  summary: 'Answers from the live web with their sources.',
  baseUrl: 'https://api.perplexity.ai',
  // Sonar's chat completions have no version, everything newer has one.
  upstreamPath,
  suggestedSecretId: 'PERPLEXITY_API_KEY',
  keyHelp: 'Made at https://console.perplexity.ai, under API keys.',
  // Every chunk of a Sonar stream states the usage so far.
  streamUsage: 'unasked',
  requestIdHeader: 'x-request-id',
  usage: perplexityUsage,
  own: { endpointOf, requestUsage, probe },
  capabilities: capabilityRow('https://docs.perplexity.ai/api-reference', [chat, responses, embeddings, models], {
    notes: {
      chat: 'The Sonar API, which Perplexity is replacing by its Agent API (v1/responses).',
      tools: 'Through the Agent API (v1/responses).',
    },
  }),
};
