import { objectOf } from '../json/value.js';
import { askForUsage as openaiAskForUsage } from '../openai/ask-for-usage.js';
import { versionIn } from './path.js';

/** `stream_options` came with this version of the dated API; older ones refuse it. */
const FIRST_VERSION = '2024-09-01';

/**
 * As OpenAI, but not of API versions that refuse to be asked, nor of calls over data of the customer's own, which
 * refuse it whatever the version. (https://github.com/Azure/azure-sdk-for-js/issues/30751)
 */
export function askForUsage(endpoint: string, body: Buffer, parsed: unknown, callPath = ''): Buffer | null {
  const version = versionIn(callPath);
  // Versions begin with their date; `preview` and the like are newer than any of those.
  if (version !== null && version < FIRST_VERSION) return null;
  if (objectOf(parsed)?.data_sources !== undefined) return null;
  return openaiAskForUsage(endpoint, body, parsed);
}
