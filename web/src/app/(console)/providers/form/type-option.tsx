import { cn } from '@/components/ui/cn';
import { TypeMark } from '../type-mark';
import type { ProviderTypeOption } from './provider-type';

interface TypeOptionProps {
  id: string;
  option: ProviderTypeOption;
  isActive: boolean;
  isChosen: boolean;
  onChoose: () => void;
}

export function TypeOption({ id, option, isActive, isChosen, onChoose }: TypeOptionProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the search field holds the focus and takes the keys, as comboboxes do.
    // biome-ignore lint/a11y/useFocusableInteractive: marked by aria-activedescendant of that field.
    <div
      id={id}
      role="option"
      aria-selected={isChosen}
      data-type={option.type}
      onClick={onChoose}
      // The click must not take the focus from the search field.
      onMouseDown={(event) => event.preventDefault()}
      className={cn(
        'flex min-w-0 cursor-default items-start gap-2.5 rounded-md border border-line-2 p-2.5 hover:border-edge hover:bg-hover',
        isChosen && 'border-accent bg-accent-soft',
        isActive && 'outline-2 outline-offset-1 outline-accent',
      )}
    >
      <TypeMark type={option.type} />
      <span className="min-w-0">
        <span className="block leading-6 font-medium">{option.label}</span>
        <span className="block text-caption text-ink-2">{option.summary}</span>
      </span>
    </div>
  );
}
