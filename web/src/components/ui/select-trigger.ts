import { cn } from './cn';
import { controlStyle } from './input';

/** The look of a closed select, before and after its list was fetched. */
export const selectTriggerStyle = cn(
  controlStyle,
  'inline-flex items-center justify-between gap-2 pr-2 pl-2.5 text-left select-none [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-ink-3',
);
