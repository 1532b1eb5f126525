'use client';
import { Dialog } from '@base-ui/react/dialog';
import { Search } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { cn } from '@/components/ui/cn';
import { Kbd } from '@/components/ui/kbd';
import { type Command, matching } from './command';
import { useCommands } from './use-commands';

interface CommandPaletteProps {
  onClose: () => void;
  onShowKeys: () => void;
}

/** Goes to any page, provider or app, and runs the few commands there are. */
export function CommandPalette({ onClose, onShowKeys }: CommandPaletteProps) {
  const router = useRouter();
  const commands = useCommands({ onShowKeys });
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const found = useMemo(() => matching(commands, text), [commands, text]);
  const position = Math.min(active, Math.max(found.length - 1, 0));
  const id = useId();
  const list = useRef<HTMLDivElement>(null);

  useEffect(() => {
    list.current?.querySelector(`[id="${id}-${position}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [id, position]);

  const run = (command: Command | undefined) => {
    if (!command) return;
    onClose();
    if (command.href) router.push(command.href);
    command.onRun?.();
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && found.length > 0) {
      event.preventDefault();
      setActive((position + step + found.length) % found.length);
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      run(found[position]);
    }
  };

  return (
    <Dialog.Root open onOpenChange={onClose}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop-motion fixed inset-0 z-40 bg-scrim" />
        <Dialog.Popup className="backdrop-motion fixed inset-x-0 top-[12vh] z-40 mx-auto w-[min(560px,calc(100vw-32px))] overflow-hidden rounded-lg border border-line bg-raised shadow-float outline-none">
          <Dialog.Title className="sr-only">Search and go to</Dialog.Title>
          <div className="flex h-11 items-center gap-2.5 border-b border-line px-4">
            <Search aria-hidden className="size-4 shrink-0 text-ink-3" />
            <input
              role="combobox"
              aria-label="Search"
              aria-expanded={found.length > 0}
              aria-controls={`${id}-list`}
              aria-activedescendant={found.length > 0 ? `${id}-${position}` : undefined}
              aria-autocomplete="list"
              placeholder="Go to a page, provider or app"
              spellCheck={false}
              autoComplete="off"
              value={text}
              onChange={(event) => {
                setText(event.target.value);
                setActive(0);
              }}
              onKeyDown={onKeyDown}
              className="h-full min-w-0 flex-1 bg-transparent outline-none"
            />
            <Kbd keys={['Esc']} />
          </div>
          <div
            ref={list}
            id={`${id}-list`}
            role="listbox"
            aria-label="Results"
            className="max-h-[min(400px,60vh)] overflow-y-auto p-1"
          >
            {found.map((command, index) => (
              <CommandOption
                key={command.id}
                id={`${id}-${index}`}
                command={command}
                heading={command.group !== found[index - 1]?.group ? command.group : null}
                active={index === position}
                onHover={() => setActive(index)}
                onRun={() => run(command)}
              />
            ))}
          </div>
          {found.length === 0 && (
            <p role="status" className="px-4 pt-2 pb-5 text-ink-2">
              Nothing is called “{text}”.
            </p>
          )}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface CommandOptionProps {
  id: string;
  command: Command;
  heading: string | null;
  active: boolean;
  onHover: () => void;
  onRun: () => void;
}

function CommandOption({ id, command, heading, active, onHover, onRun }: CommandOptionProps) {
  const Icon = command.icon;
  return (
    <>
      {heading && (
        <div role="presentation" className="px-3 pt-2 pb-1 text-caption text-ink-3">
          {heading}
        </div>
      )}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the text field above holds the focus and handles the keys. */}
      <div
        id={id}
        role="option"
        aria-selected={active}
        tabIndex={-1}
        onMouseMove={onHover}
        onClick={onRun}
        className={cn('flex h-9 cursor-default items-center gap-2.5 rounded-md px-3', active && 'bg-hover')}
      >
        <Icon aria-hidden className="size-4 shrink-0 text-ink-3" />
        <span className="truncate">{command.label}</span>
        {command.detail && <span className="truncate font-mono text-caption text-ink-3">{command.detail}</span>}
        <span className="flex-1" />
        {command.keys && <Kbd keys={command.keys} />}
      </div>
    </>
  );
}
