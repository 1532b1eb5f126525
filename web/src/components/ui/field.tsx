'use client';
import { CircleAlert } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { cn } from './cn';
import { labelIdOf } from './list-name';

export interface ControlProps {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': boolean | undefined;
  'aria-required': boolean | undefined;
}

interface FieldProps {
  label: ReactNode;
  help?: ReactNode;
  /** Shown in place of `help`. Complaints come on blur: see `useForm`. */
  error?: string | null | undefined;
  required?: boolean;
  /** For groups such as `RadioCards`, which label themselves. */
  group?: boolean;
  className?: string;
  children: (control: ControlProps) => ReactNode;
}

/** Label above, control, help or complaint below. Spread the argument of `children` on the control. */
export function Field({ label, help, error, required = false, group = false, className, children }: FieldProps) {
  const id = useId();
  const remark = error ?? help;
  const caption = (
    <>
      {label}
      {required && (
        <span aria-hidden className="ml-0.5 text-red">
          *
        </span>
      )}
    </>
  );
  return (
    <div className={cn('min-w-0', className)}>
      {group ? (
        <div className="mb-1.5 font-medium">{caption}</div>
      ) : (
        <label id={labelIdOf(id)} htmlFor={id} className="mb-1.5 block font-medium">
          {caption}
        </label>
      )}
      {children({
        id,
        'aria-describedby': remark ? `${id}-remark` : undefined,
        'aria-invalid': error ? true : undefined,
        'aria-required': required || undefined,
      })}
      <div id={`${id}-remark`} aria-live="polite" className="mt-1.5 text-table empty:hidden">
        {error ? (
          <span className="flex gap-1.5 text-red">
            <CircleAlert aria-hidden className="mt-[3px] size-3.5 shrink-0" />
            {error}
          </span>
        ) : (
          help && <span className="text-ink-3">{help}</span>
        )}
      </div>
    </div>
  );
}
