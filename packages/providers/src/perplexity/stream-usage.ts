import { askForUsage } from '../openai/ask-for-usage.js';

const ROUTER = /^\/?router\//;

/** Every chunk of a Sonar stream states usage; other vendors' models, behind the router, state it to those who ask. */
export function requestUsage(endpoint: string, body: Buffer, parsed: unknown, callPath = ''): Buffer | null {
  return ROUTER.test(callPath) ? askForUsage(endpoint, body, parsed) : null;
}
