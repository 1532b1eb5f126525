import { capabilityRow, OPENAI_ENDPOINTS, type ServedEndpoint } from '../capabilities/capability.js';

const predict = (capability: ServedEndpoint['capability']): ServedEndpoint => ({
  ...{ capability, endpoint: 'predictions', method: 'POST' },
  path: 'v1/models/{model}/predictions',
});
const NOTE = 'Replicate’s own predictions API; usage is read from calls that wait for the result (Prefer: wait).';

/** https://replicate.com/docs/reference/http */
export const replicateCapabilities = capabilityRow(
  'https://replicate.com/docs/reference/http',
  [predict('chat'), predict('images'), predict('audio'), OPENAI_ENDPOINTS.models],
  {
    features: [],
    lacks: {
      streaming: 'Replicate streams from another host than the call’s; such streams do not pass here.',
      tools: 'Replicate’s models take their own inputs; tool calls are no part of its API.',
    },
    notes: { chat: NOTE, images: NOTE, audio: NOTE },
  },
);
