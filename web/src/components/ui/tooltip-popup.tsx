'use client';
import { type ReactNode, useLayoutEffect, useRef } from 'react';
import type { TooltipSide } from './tooltip';

const GAP_PX = 6;
const EDGE_PX = 4;

interface TooltipPopupProps {
  anchor: HTMLElement;
  side: TooltipSide;
  onPointerEnter: () => void;
  onPointerLeave: () => void;
  children: ReactNode;
}

/** In the browser's top layer, above dialogs; beside its anchor and inside the window. */
export function TooltipPopup({ anchor, side, onPointerEnter, onPointerLeave, children }: TooltipPopupProps) {
  const popup = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = popup.current;
    if (!element) return;
    element.showPopover();
    const { left, top } = place(anchor.getBoundingClientRect(), element.getBoundingClientRect(), side);
    element.style.left = `${left}px`;
    element.style.top = `${top}px`;
  }, [anchor, side]);
  return (
    <div
      ref={popup}
      role="tooltip"
      popover="manual"
      onPointerEnter={onPointerEnter}
      onPointerLeave={onPointerLeave}
      className="inset-auto m-0 flex max-w-72 items-center gap-2 rounded-md bg-ink px-2 py-1 text-caption text-canvas shadow-float"
    >
      {children}
    </div>
  );
}

type Box = Pick<DOMRect, 'left' | 'top' | 'right' | 'bottom' | 'width' | 'height'>;

function place(anchor: Box, popup: Box, wanted: TooltipSide): { left: number; top: number } {
  const side = wanted === 'top' && anchor.top < popup.height + GAP_PX + EDGE_PX ? 'bottom' : wanted;
  const centered = {
    left: anchor.left + (anchor.width - popup.width) / 2,
    top: anchor.top + (anchor.height - popup.height) / 2,
  };
  const placed = {
    top: { ...centered, top: anchor.top - popup.height - GAP_PX },
    bottom: { ...centered, top: anchor.bottom + GAP_PX },
    left: { ...centered, left: anchor.left - popup.width - GAP_PX },
    right: { ...centered, left: anchor.right + GAP_PX },
  }[side];
  return {
    left: Math.max(EDGE_PX, Math.min(placed.left, window.innerWidth - popup.width - EDGE_PX)),
    top: Math.max(EDGE_PX, Math.min(placed.top, window.innerHeight - popup.height - EDGE_PX)),
  };
}
