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

/** However little is left beside legend and switches. */
const LEAST_PX = 220;

/** Legend and switches take what they need; the drawing gets the rest of the height. */
function Room({ draw }: { draw: (roomPx: number) => ReactNode }) {
  const outer = useRef<HTMLDivElement>(null);
  const inner = useRef<HTMLDivElement>(null);
  const [roomPx, setRoomPx] = useState(LEAST_PX);
  useLayoutEffect(() => {
    const [around, within] = [outer.current, inner.current];
    if (!around || !within) return;
    const measure = () => setRoomPx((now) => Math.max(LEAST_PX, around.clientHeight - (within.offsetHeight - now)));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(around);
    observer.observe(within);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={outer} className="min-h-0 min-w-0 flex-1 overflow-x-hidden overflow-y-auto px-1">
      <div ref={inner} className="@container">
        {draw(roomPx)}
      </div>
    </div>
  );
}
