'use client';
import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { brushed, isWhole, panned, type Span, zoomed } from './span';

/** A click may shake this much. */
const CLICK_PX = 4;
/** Of a wheel's or a pinch's step. */
const ZOOM_PER_PX = 0.01;

export interface Zoom {
  readonly span: Span;
  readonly least: number;
  readonly setSpan: (next: Span) => void;
}

interface Brush {
  readonly fromPx: number;
  readonly toPx: number;
}

/**
 * Into a part of the timeline by dragging over it, or by a pinch (a wheel with Ctrl or Cmd), and along it by a wheel that
 * turns sideways. A plain wheel is the page's.
 */
export function useZoom(strip: RefObject<HTMLDivElement | null>, width: number, { span, least, setSpan }: Zoom) {
  const [brush, setBrush] = useState<Brush | null>(null);
  const drawn = useRef<Brush | null>(null);
  const wasDrawn = useRef(false);
  const shareAt = (px: number) => span.from + (px / Math.max(1, width)) * (span.to - span.from);
  const current = useRef({ span, least, setSpan, shareAt, width });
  current.current = { span, least, setSpan, shareAt, width };

  useEffect(() => {
    const element = strip.current;
    if (!element) return;
    const onWheel = (event: WheelEvent) => {
      const now = current.current;
      const isPinch = event.ctrlKey || event.metaKey;
      if (!isPinch && (isWhole(now.span) || Math.abs(event.deltaX) <= Math.abs(event.deltaY))) return;
      event.preventDefault();
      const at = now.shareAt(event.clientX - element.getBoundingClientRect().left);
      now.setSpan(
        isPinch
          ? zoomed(now.span, Math.exp(event.deltaY * ZOOM_PER_PX), at, now.least)
          : panned(now.span, (event.deltaX / Math.max(1, now.width)) * (now.span.to - now.span.from)),
      );
    };
    // React's own listener is passive and could not keep the page from zooming.
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [strip]);

  const xOf = (event: PointerEvent<HTMLDivElement>) =>
    Math.min(width, Math.max(0, event.clientX - event.currentTarget.getBoundingClientRect().left));
  const end = () => {
    drawn.current = null;
    setBrush(null);
  };
  return {
    brush,
    /** The click that ends a drag is none. */
    wasDrawn: () => wasDrawn.current,
    handlers: {
      onPointerDown(event: PointerEvent<HTMLDivElement>) {
        wasDrawn.current = false;
        if (event.button !== 0) return;
        drawn.current = { fromPx: xOf(event), toPx: xOf(event) };
      },
      onDrag(event: PointerEvent<HTMLDivElement>) {
        const { current: before } = drawn;
        if (!before) return;
        const next = { ...before, toPx: xOf(event) };
        if (!wasDrawn.current && Math.abs(next.toPx - next.fromPx) < CLICK_PX) return;
        if (!wasDrawn.current) event.currentTarget.setPointerCapture(event.pointerId);
        wasDrawn.current = true;
        drawn.current = next;
        setBrush(next);
      },
      onPointerUp() {
        const { current: done } = drawn;
        if (done && wasDrawn.current) setSpan(brushed(shareAt(done.fromPx), shareAt(done.toPx), least));
        end();
      },
      onPointerCancel: end,
    },
  };
}
