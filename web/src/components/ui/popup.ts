/** The look of everything that floats: menus, lists, popovers. */
export const popupStyle = 'popup-motion rounded-lg border border-line bg-raised text-ink shadow-float outline-none';
export const optionStyle =
  'flex min-h-8 cursor-default items-center gap-2 rounded-md px-2 py-1 text-table outline-none select-none data-highlighted:bg-hover data-disabled:text-ink-3 [&_svg]:size-4 [&_svg]:shrink-0';
