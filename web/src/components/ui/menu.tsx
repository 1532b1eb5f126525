'use client';
import { cloneElement, lazy, type ReactElement, type ReactNode, Suspense } from 'react';
import { useIntent } from './use-intent';

export interface MenuAction {
  readonly label: string;
  readonly icon?: ReactNode;
  readonly onSelect?: () => void;
  readonly href?: string;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  /** Quiet text at the right, for example a key. */
  readonly hint?: ReactNode;
}

/** `'separator'` draws a hairline; `{ heading }` a quiet line of text. */
export type MenuEntry = MenuAction | 'separator' | { readonly heading: string };

export interface MenuProps {
  /** The button that opens it, as an element: `<IconButton … />` or `<Button>…</Button>`. */
  trigger: ReactElement<object>;
  entries: readonly MenuEntry[];
  align?: 'start' | 'end';
  side?: 'top' | 'bottom' | 'right';
}

const load = () => import('./menu-popup');
const MenuPopup = lazy(() => load().then(({ MenuPopup }) => ({ default: MenuPopup })));

/** A button that opens a list of actions. */
export function Menu(props: MenuProps) {
  const { wanted, triggerProps } = useIntent(load, 'menu');
  if (!wanted) return cloneElement(props.trigger, triggerProps);
  return (
    <Suspense fallback={props.trigger}>
      <MenuPopup {...props} />
    </Suspense>
  );
}
