import { objectOf, textOf } from '../json/value.js';
import { parseModelList as openaiModelList } from '../openai/model-list.js';

/** `{"results":[{"owner":...,"name":...}]}`, called by `owner/name`. */
export function parseModelList(body: string): string[] {
  const rows = rowsOf(body);
  if (rows === null) return openaiModelList(body);
  const ids = rows.map((row) => {
    const owner = textOf(objectOf(row)?.owner);
    const name = textOf(objectOf(row)?.name);
    return owner !== null && name !== null ? `${owner}/${name}` : null;
  });
  return [...new Set(ids.filter((id) => id !== null))];
}

function rowsOf(body: string): unknown[] | null {
  try {
    const { results } = JSON.parse(body) as { results?: unknown };
    return Array.isArray(results) ? results : null;
  } catch {
    // No model list of Replicate's; perhaps another's.
    return null;
  }
}
