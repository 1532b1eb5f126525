import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';

export interface SdkClients {
  readonly openai: OpenAI;
  readonly anthropic: Anthropic;
  /** An OpenAI SDK that speaks to an OpenAI-compatible provider. */
  readonly compatible: OpenAI;
}

/** Base URLs as each SDK wants them. */
export type SdkAddresses = Readonly<Record<keyof SdkClients, string>>;

/** What the answer to one call said of itself, by the conversation the call was sent under. */
export interface Heard {
  readonly status: number;
  readonly callId: string | null;
  readonly upstreamRequestId: string | null;
}

/** The official SDKs as applications make them, but that they never retry and that their answers' heads are kept. */
export function sdkClients(addresses: SdkAddresses, apiKey: string, heard: Map<string, Heard>): SdkClients {
  const listening: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    const nonce = new Headers(init?.headers).get('x-weir-conversation');
    if (nonce !== null) {
      heard.set(nonce, {
        status: response.status,
        callId: response.headers.get('x-weir-request-id'),
        upstreamRequestId: response.headers.get('x-request-id') ?? response.headers.get('request-id'),
      });
    }
    return response;
  };
  const common = { apiKey, maxRetries: 0, fetch: listening };
  return {
    openai: new OpenAI({ ...common, baseURL: addresses.openai }),
    anthropic: new Anthropic({ ...common, baseURL: addresses.anthropic }),
    compatible: new OpenAI({ ...common, baseURL: addresses.compatible }),
  };
}

export async function collected<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
