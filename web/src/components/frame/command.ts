import type { LucideIcon } from 'lucide-react';

export interface Command {
  readonly id: string;
  readonly group: string;
  readonly label: string;
  readonly icon: LucideIcon;
  /** An id beside the label, in mono. */
  readonly detail?: string;
  /** Other words by which it is found. */
  readonly words?: string;
  readonly href?: string;
  readonly onRun?: () => void;
  readonly keys?: readonly string[];
}

/**
 * Commands in which every typed word occurs. Those whose label starts with the text come first, then groups keep their
 * order.
 */
export function matching(commands: readonly Command[], text: string): readonly Command[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return commands;
  const words = wanted.split(/\s+/);
  const found = commands.filter((command) => {
    const haystack = `${command.label} ${command.detail ?? ''} ${command.words ?? ''}`.toLowerCase();
    return words.every((word) => haystack.includes(word));
  });
  const groups = [...new Set(found.map((command) => command.group))];
  const rank = (command: Command) =>
    groups.indexOf(command.group) * 2 + (command.label.toLowerCase().startsWith(wanted) ? 0 : 1);
  const startsWell = (group: string) =>
    found.some((command) => command.group === group && command.label.toLowerCase().startsWith(wanted));
  groups.sort((a, b) => Number(startsWell(b)) - Number(startsWell(a)));
  return found.toSorted((a, b) => rank(a) - rank(b));
}
