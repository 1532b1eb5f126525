'use client';
import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import { cn } from './cn';
import { IconButton } from './icon-button';
import { Input, type InputProps } from './input';

/** Takes a credential. What was typed can be looked at until it is saved; nothing remembers or autofills it. */
export function SecretInput({ className, ...rest }: Omit<InputProps, 'type' | 'icon'>) {
  const [revealed, setRevealed] = useState(false);
  return (
    <span className="relative block w-full">
      <Input
        mono
        data-1p-ignore
        data-lpignore="true"
        autoComplete="off"
        autoCapitalize="off"
        {...rest}
        type="text"
        className={cn(
          'pr-9',
          !revealed && rest.value !== '' && '[-webkit-text-security:disc] [text-security:disc]',
          className,
        )}
      />
      <span className="absolute inset-y-0 right-1 flex items-center">
        <IconButton
          size="sm"
          label={revealed ? 'Hide what was typed' : 'Show what was typed'}
          icon={revealed ? <EyeOff /> : <Eye />}
          onClick={() => setRevealed(!revealed)}
        />
      </span>
    </span>
  );
}

/** A password: the browser's own field, so that password managers work. */
export function PasswordInput({ className, ...rest }: Omit<InputProps, 'type' | 'icon'>) {
  const [revealed, setRevealed] = useState(false);
  return (
    <span className="relative block w-full">
      <Input {...rest} type={revealed ? 'text' : 'password'} className={cn('pr-9', className)} />
      <span className="absolute inset-y-0 right-1 flex items-center">
        <IconButton
          size="sm"
          label={revealed ? 'Hide password' : 'Show password'}
          icon={revealed ? <EyeOff /> : <Eye />}
          onClick={() => setRevealed(!revealed)}
        />
      </span>
    </span>
  );
}
