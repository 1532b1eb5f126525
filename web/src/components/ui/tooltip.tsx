'use client';
import { cloneElement, type ReactElement, type ReactNode, type SyntheticEvent, useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { Kbd } from './kbd';
import { wasTabbed } from './last-tab';
import { TooltipPopup } from './tooltip-popup';

const DELAY_MS = 400;
/** After one tooltip the next comes at once, so that a row of icons can be read. */
const WARM_MS = 300;
/** Time to move the pointer from the trigger onto the tooltip (WCAG 1.4.13). */
const LINGER_MS = 80;

let lastHiddenAtMs = Number.NEGATIVE_INFINITY;

interface TooltipProps {
  content: ReactNode;
  keys?: readonly string[] | undefined;
  side?: TooltipSide;
  /** One element that passes event handlers on to the DOM. */
  children: ReactElement<TriggerProps>;
}

export type TooltipSide = 'top' | 'bottom' | 'left' | 'right';

type TriggerProps = Partial<
  Record<
    'onPointerEnter' | 'onPointerLeave' | 'onPointerDown' | 'onFocus' | 'onBlur',
    (event: SyntheticEvent<HTMLElement>) => void
  >
>;

/** A short remark on hover and focus. What a person must know belongs on the page instead. */
export function Tooltip({ content, keys, side = 'top', children }: TooltipProps) {
  const { anchor, handlers, keep, leave } = useTooltip();
  const own = children.props;
  const merged = Object.fromEntries(
    Object.entries(handlers).map(([name, handler]) => [
      name,
      (event: SyntheticEvent<HTMLElement>) => {
        own[name as keyof TriggerProps]?.(event);
        handler(event);
      },
    ]),
  );
  return (
    <>
      {cloneElement(children, merged)}
      {anchor &&
        createPortal(
          <TooltipPopup anchor={anchor} side={side} onPointerEnter={keep} onPointerLeave={leave}>
            {content}
            {keys && <Kbd keys={keys} inverse />}
          </TooltipPopup>,
          document.body,
        )}
    </>
  );
}

function useTooltip() {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [waiting, setWaiting] = useState<{ element: HTMLElement | null; untilMs: number } | null>(null);

  useEffect(() => {
    if (!waiting) return;
    const timer = setTimeout(() => {
      setAnchor(waiting.element);
      setWaiting(null);
    }, waiting.untilMs - performance.now());
    return () => clearTimeout(timer);
  }, [waiting]);

  useEffect(() => {
    if (!anchor) return;
    const hide = () => setAnchor(null);
    const onKeyDown = (event: KeyboardEvent) => event.key === 'Escape' && hide();
    window.addEventListener('keydown', onKeyDown, true);
    window.addEventListener('scroll', hide, true);
    return () => {
      lastHiddenAtMs = performance.now();
      window.removeEventListener('keydown', onKeyDown, true);
      window.removeEventListener('scroll', hide, true);
    };
  }, [anchor]);

  const later = (element: HTMLElement | null, delayMs: number) =>
    setWaiting({ element, untilMs: performance.now() + delayMs });
  const leave = () => later(null, LINGER_MS);
  const hideNow = () => {
    setWaiting(null);
    setAnchor(null);
  };
  const handlers = {
    onPointerEnter: (event: SyntheticEvent<HTMLElement>) => {
      if ((event.nativeEvent as PointerEvent).pointerType === 'touch') return;
      later(event.currentTarget, performance.now() - lastHiddenAtMs < WARM_MS ? 0 : DELAY_MS);
    },
    onPointerLeave: leave,
    onPointerDown: hideNow,
    onFocus: (event: SyntheticEvent<HTMLElement>) => {
      // Focus that a closing menu or dialog gives back is no question about the button.
      if (wasTabbed()) later(event.currentTarget, 0);
    },
    onBlur: hideNow,
  };
  return { anchor, handlers, keep: () => setWaiting(null), leave };
}
