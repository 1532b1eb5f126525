'use client';
import { Menu as Base } from '@base-ui/react/menu';
import { Link } from '@/components/ui/link';
import { cn } from './cn';
import type { MenuEntry, MenuProps } from './menu';
import { optionStyle, popupStyle } from './popup';

/** Opens as soon as it is there: see `Menu`. */
export function MenuPopup({ trigger, entries, align = 'end', side = 'bottom' }: MenuProps) {
  return (
    <Base.Root modal={false} defaultOpen>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner align={align} side={side} sideOffset={4} className="z-50">
          <Base.Popup className={cn(popupStyle, 'min-w-44 p-1')}>
            {entries.map((entry, index) => (
              <Entry key={keyOf(entry, index)} entry={entry} />
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

function keyOf(entry: MenuEntry, index: number): string {
  if (entry === 'separator') return `separator-${index}`;
  return 'heading' in entry ? entry.heading : entry.label;
}

function Entry({ entry }: { entry: MenuEntry }) {
  if (entry === 'separator') return <Base.Separator className="mx-1 my-1 h-px bg-line" />;
  if ('heading' in entry) return <div className="px-2 pt-1.5 pb-1 text-caption text-ink-3">{entry.heading}</div>;
  const contents = (
    <>
      {entry.icon}
      <span className="flex-1">{entry.label}</span>
      {entry.hint && <span className="text-caption text-ink-3">{entry.hint}</span>}
    </>
  );
  const className = cn(optionStyle, entry.danger && !entry.disabled && 'text-red');
  if (entry.href) {
    return (
      <Base.LinkItem className={className} render={<Link href={entry.href} />} closeOnClick>
        {contents}
      </Base.LinkItem>
    );
  }
  return (
    <Base.Item className={className} disabled={entry.disabled} onClick={entry.onSelect}>
      {contents}
    </Base.Item>
  );
}
