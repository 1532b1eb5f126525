import { partsOf, type SaidPart } from '../parts';

/** A message as one text, by which it is compared. */
export function messageText(json: string): string {
  return partsOf(json).map(partText).join('\n\n');
}

function partText(part: SaidPart): string {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'tool_call':
      return `call of ${part.name}\n${part.text}`;
    case 'tool_response':
      return `result of ${part.name ?? part.id ?? 'a tool'}${part.isError ? ', failed' : ''}\n${part.text}`;
    case 'other':
      return part.text;
    default:
      return `${part.kind}\n${part.text}`;
  }
}
