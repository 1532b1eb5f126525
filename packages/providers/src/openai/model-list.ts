import { objectOf, textOf } from '../json/value.js';
import { MODEL_MAX_LENGTH } from './wire.js';

/** `{"data":[{"id":...}]}`; some compatible servers answer the bare list, or call it `models` with `name`s. */
export function parseModelList(body: string): string[] {
  const list = parsed(body);
  const rows = Array.isArray(list) ? list : (objectOf(list)?.data ?? objectOf(list)?.models);
  if (!Array.isArray(rows)) return [];
  const ids = rows.map((row) => textOf(objectOf(row)?.id ?? objectOf(row)?.name, MODEL_MAX_LENGTH));
  return [...new Set(ids.filter((id) => id !== null))];
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    // Not a model list; the caller shows the answer itself.
    return null;
  }
}
