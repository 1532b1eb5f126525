import { ChevronDown } from 'lucide-react';
import type { ComponentProps } from 'react';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';

interface TriggerButtonProps extends Omit<ComponentProps<typeof Button>, 'label'> {
  label: string;
  /** How many values are chosen. */
  chosen?: number;
}

/** Opens the values of one dimension. */
export function TriggerButton({ label, chosen = 0, className, ...rest }: TriggerButtonProps) {
  return (
    <Button
      size="sm"
      {...rest}
      className={cn('gap-1 border-edge px-2 font-normal', chosen > 0 && 'border-accent', className)}
    >
      {label}
      {chosen > 0 && (
        <>
          <span className="figures text-accent">{chosen}</span>
          <span className="sr-only"> chosen</span>
        </>
      )}
      <ChevronDown aria-hidden className="-mr-0.5 !size-3.5 text-ink-3" />
    </Button>
  );
}
