'use client';
import { FileUp } from 'lucide-react';
import { type ComponentProps, useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { Textarea } from '@/components/ui/input';

interface KeyFileInputProps extends Omit<ComponentProps<typeof Textarea>, 'onChange' | 'value'> {
  value: string;
  onValue: (value: string) => void;
}

/** A key that is a whole file: chosen, dropped or pasted. What is there is not shown on screen. */
export function KeyFileInput({ value, onValue, className, ...rest }: KeyFileInputProps) {
  const fileId = useId();
  const [isOver, setOver] = useState(false);
  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (file) void file.text().then(onValue);
  };
  return (
    <div className="flex flex-col items-start gap-2">
      <Textarea
        {...rest}
        mono
        rows={3}
        value={value}
        autoComplete="off"
        placeholder="Paste the contents, or drop the file here"
        onChange={(event) => onValue(event.target.value)}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          take(event.dataTransfer.files);
        }}
        className={cn(
          value !== '' && '[-webkit-text-security:disc] [text-security:disc]',
          isOver && 'border-accent bg-accent-soft',
          className,
        )}
      />
      <input
        id={fileId}
        type="file"
        accept="application/json,.json"
        className="sr-only"
        tabIndex={-1}
        aria-label="Key file"
        onChange={(event) => {
          take(event.target.files);
          event.target.value = '';
        }}
      />
      <Button size="sm" icon={<FileUp aria-hidden />} onClick={() => document.getElementById(fileId)?.click()}>
        Choose file
      </Button>
    </div>
  );
}
