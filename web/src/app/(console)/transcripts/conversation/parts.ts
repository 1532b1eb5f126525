/** What a message holds, as far as the console shows it; anything else is shown as the JSON it is. */
export type SaidPart =
  | { readonly kind: 'text' | 'reasoning' | 'refusal'; readonly text: string; readonly note: string | null }
  | {
      readonly kind: 'tool_call';
      readonly id: string | null;
      readonly name: string;
      readonly text: string;
      readonly note: string | null;
    }
  | {
      readonly kind: 'tool_response';
      readonly id: string | null;
      readonly name: string | null;
      readonly text: string;
      readonly isError: boolean;
    }
  | { readonly kind: 'media'; readonly text: string }
  | { readonly kind: 'other'; readonly name: string; readonly text: string };

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const nameOrNull = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** JSON as people read it; a text stands for itself. */
export function readable(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? '');
}

/** The parts of a message of the API. What cannot be read is one part that shows it as it is. */
export function partsOf(json: string): SaidPart[] {
  let message: unknown;
  try {
    message = JSON.parse(json);
  } catch {
    // Nothing but a broken store makes it so; what there is, is shown.
    return [{ kind: 'other', name: 'unreadable', text: json }];
  }
  const parts = isObject(message) ? message.parts : undefined;
  if (!Array.isArray(parts)) return [{ kind: 'other', name: 'message', text: readable(message) }];
  return parts.map(partOf);
}

function partOf(part: unknown): SaidPart {
  if (!isObject(part)) return { kind: 'other', name: 'part', text: readable(part) };
  switch (part.type) {
    case 'text':
    case 'refusal':
      return { kind: part.type, text: textOf(part.content), note: null };
    case 'reasoning':
      return {
        kind: 'reasoning',
        text: textOf(part.content),
        note: part.encrypted ? 'partly encrypted by the upstream' : null,
      };
    case 'tool_call':
      return {
        ...{ kind: 'tool_call', id: nameOrNull(part.id), name: textOf(part.name), text: readable(part.arguments) },
        note: part.arguments_unparsed ? 'as the model wrote them, no JSON' : null,
      };
    case 'server_tool_call':
      return {
        ...{
          kind: 'tool_call',
          id: nameOrNull(part.id),
          name: textOf(part.name),
          text: readable(part.server_tool_call),
        },
        note: 'run by the upstream',
      };
    case 'tool_call_response':
      return {
        ...{ kind: 'tool_response', id: nameOrNull(part.id), name: nameOrNull(part.name) },
        ...{ text: readable(part.response), isError: part.is_error === true },
      };
    case 'server_tool_call_response':
      return {
        ...{ kind: 'tool_response', id: nameOrNull(part.id), name: null },
        ...{ text: readable(part.server_tool_call_response), isError: false },
      };
    case 'blob':
    case 'uri':
    case 'file':
      return { kind: 'media', text: mediaText(part) };
    case 'compaction':
      return { kind: 'other', name: 'compaction', text: textOf(part.content) };
    default:
      return {
        kind: 'other',
        name: textOf(part.native_type) || textOf(part.type),
        text: readable(part.content ?? part),
      };
  }
}

/** A picture or a recording is never fetched: what is known of it is said. */
function mediaText(part: Json): string {
  const what = [textOf(part.modality), textOf(part.mime_type)].filter((text) => text !== '').join(', ');
  const where =
    part.type === 'blob'
      ? `${String(part.size_bytes)} bytes, SHA-256 ${textOf(part.sha256)}`
      : textOf(part.type === 'uri' ? part.uri : part.file_id);
  const transcript = textOf(part.transcript);
  return `${what}: ${where}${transcript === '' ? '' : `\n${transcript}`}`;
}
