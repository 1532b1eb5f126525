'use client';
import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { IconButton } from '@/components/ui/icon-button';
import { useOpener } from '@/components/ui/use-opener';

interface MaximisedProps {
  title: string;
  subtitle: string | undefined;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  draw: (roomPx: number) => ReactNode;
}

/** A chart on the whole screen; closing gives the focus back to the button that opened it. */
export function Maximised({ title, subtitle, open, onOpenChange, draw }: MaximisedProps) {
  const opener = useOpener(open);
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Popup
          finalFocus={opener}
          className="backdrop-motion fixed inset-0 z-40 flex flex-col bg-canvas p-4 outline-none sm:p-6"
        >
          <header className="mb-3 flex items-start justify-between gap-4">
            <div className="min-w-0">
              <Base.Title className="text-section font-semibold">{title}</Base.Title>
              {subtitle && <Base.Description className="text-caption text-ink-3">{subtitle}</Base.Description>}
            </div>
            <Base.Close render={<IconButton label="Close" icon={<X aria-hidden />} />} />
          </header>
          <Room draw={draw} />
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

/** Legend and switches take what they need; the drawing gets the rest of the height. */
const HEAD_PX = 64;
const LEAST_PX = 220;

function Room({ draw }: { draw: (roomPx: number) => ReactNode }) {
  const ref = useRef<HTMLDivElement>(null);
  const [roomPx, setRoomPx] = useState(0);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const measure = () => setRoomPx(Math.max(LEAST_PX, element.clientHeight - HEAD_PX));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={ref} className="min-h-0 min-w-0 flex-1 overflow-auto">
      {roomPx > 0 && draw(roomPx)}
    </div>
  );
}
