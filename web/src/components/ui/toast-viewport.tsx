'use client';
import { Toast as Base } from '@base-ui/react/toast';
import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { useEffect } from 'react';
import { cn } from './cn';
import { iconButtonStyle } from './icon-button';
import { deliverTo } from './toast-queue';

const manager = Base.createToastManager();

/** Shows what `toast()` asked for, from the first one on. */
export function ToastViewport() {
  useEffect(() => deliverTo((request) => manager.add(request)), []);
  return (
    <Base.Provider toastManager={manager} limit={4}>
      <Base.Portal>
        <Base.Viewport className="fixed right-4 bottom-4 z-60 flex w-[min(360px,calc(100vw-32px))] flex-col gap-2 outline-none">
          <Toasts />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  );
}

function Toasts() {
  const { toasts } = Base.useToastManager();
  return toasts.map((item) => (
    <Base.Root
      key={item.id}
      toast={item}
      className="popup-motion rounded-lg border border-line bg-raised shadow-float data-limited:hidden"
    >
      <Base.Content className="flex items-start gap-2.5 p-3">
        {item.type === 'failed' ? (
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-red" />
        ) : (
          <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-green" />
        )}
        <div className="min-w-0 flex-1">
          <Base.Title className="font-medium" />
          <Base.Description className="mt-0.5 text-table break-words text-ink-2" />
        </div>
        <Base.Close aria-label="Dismiss" className={cn(iconButtonStyle, '-mt-1 -mr-1 size-6')}>
          <X aria-hidden />
        </Base.Close>
      </Base.Content>
    </Base.Root>
  ));
}
