import { known } from '../counts/known.js';
import type { MemberScanner } from '../json/member-scanner.js';

/** Members of an answer's `output` that tell which built-in tools were used. */
export const TOOL_MEMBERS = ['output.[].type', 'output.[].action.type', 'output.[].container_id'] as const;

/** What a search does between searches costs nothing of its own. */
const BROWSES: ReadonlySet<unknown> = new Set(['open_page', 'find_in_page', 'find']);

/**
 * Uses of built-in tools that OpenAI bills apart from tokens: each web search and file search, each container that code
 * ran in, each image drawn (by another model, whose tokens the answer does not state).
 * (https://platform.openai.com/docs/pricing#built-in-tools, /docs/guides/tools-web-search#output-and-citations)
 */
export function toolUses(members: MemberScanner, prefix: string): Readonly<Record<string, number>> {
  const [types, actions, containers] = TOOL_MEMBERS.map((path) => members.values(`${prefix}${path}`));
  const uses = (type: string) => types?.filter((one) => one === type).length ?? 0;
  const browses = actions?.filter((action) => BROWSES.has(action)).length ?? 0;
  return known({
    webSearches: aboveZero(uses('web_search_call') - browses),
    fileSearches: aboveZero(uses('file_search_call')),
    codeContainers: aboveZero(uses('code_interpreter_call') && new Set(containers).size),
    images: aboveZero(uses('image_generation_call')),
  });
}

function aboveZero(count: number): number | undefined {
  return count > 0 ? count : undefined;
}
