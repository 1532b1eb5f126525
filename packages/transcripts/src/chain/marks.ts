import { stringOr } from '../message/make.js';
import type { Message, OutputMessage } from '../message/message.js';
import { sha256 } from '../pieces/id.js';
import { wordsOf } from './step.js';

/** The nearest of them: one would do, but the answer before may have been dropped, or not recorded. */
const MARKS_MAX = 8;
/** Shorter words are said in too many conversations to tell them apart. */
const WORDS_MIN_LENGTH = 20;

/**
 * What a request repeats of earlier answers, the nearest last: by these it is found to go on where its past was cut off,
 * summed up or thinned out, as clients do that keep the last messages, or texts alone, or send ids in place of messages.
 * @param root of the conversations it may belong to
 */
export function requestMarks(root: string, messages: readonly Message[]): string[] {
  const marks = new Set<string>();
  for (let n = messages.length - 1; n >= 0 && marks.size < MARKS_MAX; n--) {
    const message = messages[n] as Message;
    const isGoneOnFrom = message.role === 'assistant' && messages[n + 1]?.role === 'user';
    const said = isGoneOnFrom ? saidMarks(root, cuesBefore(messages, n), message) : [];
    for (const mark of [...said, ...idsIn(message).map((id) => markOf(root, id))].toReversed()) marks.add(mark);
  }
  return [...marks].slice(0, MARKS_MAX).toReversed();
}

/**
 * @param itemIds of the answer's items at its upstream
 * @returns of an answer: its last call of a tool, its last item, and what was asked with what was said
 */
export function replyMarks(
  root: string,
  messages: readonly Message[],
  said: readonly OutputMessage[],
  itemIds: readonly string[],
): string[] {
  const cues = cuesBefore(messages, messages.length);
  const marks = said.flatMap((message) => {
    const called = idsIn(message).at(-1);
    return called === undefined ? saidMarks(root, cues, message) : [markOf(root, called)];
  });
  const items = itemIds.filter(isUnguessable).slice(-2);
  return [...new Set([...marks, ...items.map((id) => markOf(root, `item:${id}`))])];
}

const markOf = (root: string, what: string): string => sha256(`${root}\nmark:${what}`);

/** Calls and their answers by the ids of the calls, and items of an upstream that are named in place of being sent. */
function idsIn({ parts }: Message): string[] {
  return parts.flatMap((part) => {
    if ((part.type === 'tool_call' || part.type === 'tool_call_response') && part.id !== null) {
      return isUnguessable(part.id) ? [`call:${part.id}`] : [];
    }
    if (part.type !== 'other' || part.native_type !== 'item_reference') return [];
    const id = stringOr((part.content as { readonly id?: unknown } | null)?.id, '');
    return isUnguessable(id) ? [`item:${id}`] : [];
  });
}

/** Some upstreams and clients number their calls, or name them after the tool: those tell no conversation from another. */
function isUnguessable(id: string): boolean {
  const runs = id.replaceAll('-', '').match(/[A-Za-z0-9]{16,}/g) ?? [];
  return runs.some((run) => /\d[A-Za-z]/.test(run) && new Set(run).size > 7);
}

/** What an answer was given to: the words of whoever asked, and the last call whose result came since. */
interface Cues {
  readonly asked: string;
  readonly called: string | null;
}

function cuesBefore(messages: readonly Message[], end: number): Cues {
  let called: string | null = null;
  for (let n = end - 1; n >= 0; n--) {
    const message = messages[n] as Message;
    if (message.role === 'user') return { asked: wordsOf('user', textOf(message)), called };
    called ??= idsIn(message).at(-1) ?? null;
  }
  return { asked: '', called };
}

function saidMarks(root: string, { asked, called }: Cues, message: Message): string[] {
  const answer = wordsOf('assistant', textOf(message));
  if (answer === '' || message.parts.some(({ type }) => type === 'tool_call')) return [];
  const isLong = asked.length >= WORDS_MIN_LENGTH && answer.length >= WORDS_MIN_LENGTH;
  return [
    ...(isLong ? [markOf(root, `said:${asked}\n${answer}`)] : []),
    ...(called === null ? [] : [markOf(root, `${called}\nsaid:${answer}`)]),
  ];
}

const textOf = ({ parts }: Message): string =>
  parts.map((part) => (part.type === 'text' || part.type === 'refusal' ? part.content : '')).join('');
