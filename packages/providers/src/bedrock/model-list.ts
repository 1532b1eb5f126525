import { objectOf, textOf } from '../json/value.js';
import { parseModelList as parseOpenaiList } from '../openai/model-list.js';

/**
 * Ids that can be called out of ListFoundationModels (those served on demand under their bare id), ListInferenceProfiles
 * (a system profile by its id, an application profile by the ARN it is called with), or an OpenAI-style list.
 * (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_FoundationModelSummary.html)
 */
export function parseModelList(body: string): string[] {
  const list = objectOf(parsed(body));
  const models = rowsOf(list?.modelSummaries).map((row) => (isServedBare(row) ? textOf(row.modelId) : null));
  const profiles = rowsOf(list?.inferenceProfileSummaries).map((row) =>
    textOf(row.type === 'APPLICATION' ? row.inferenceProfileArn : row.inferenceProfileId),
  );
  const ids = [...models, ...profiles].filter((id) => id !== null);
  return ids.length > 0 ? [...new Set(ids)] : parseOpenaiList(body);
}

function rowsOf(rows: unknown): Readonly<Record<string, unknown>>[] {
  return Array.isArray(rows) ? rows.map(objectOf).filter((row) => row !== null) : [];
}

function isServedBare({ inferenceTypesSupported }: Readonly<Record<string, unknown>>): boolean {
  return !Array.isArray(inferenceTypesSupported) || inferenceTypesSupported.includes('ON_DEMAND');
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // Not a model list; the caller shows the answer itself.
    return null;
  }
}
