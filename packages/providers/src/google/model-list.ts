import { objectOf } from '../json/value.js';
import { parseModelList as parseOpenaiModelList } from '../openai/model-list.js';
import { modelId } from './resource.js';

/** `{"models":[{"name":"models/gemini-2.5-flash"}]}`, or Vertex AI's `publisherModels`, or OpenAI's list; ids without the prefix. */
export function parseModelList(body: string): string[] {
  const ids = parseOpenaiModelList(withPlainName(body)).map(modelId);
  return [...new Set(ids)];
}

function withPlainName(body: string): string {
  if (!body.includes('"publisherModels"')) return body;
  try {
    return JSON.stringify({ models: objectOf(JSON.parse(body))?.publisherModels });
  } catch {
    // Not a model list; the caller shows the answer itself.
    return body;
  }
}
