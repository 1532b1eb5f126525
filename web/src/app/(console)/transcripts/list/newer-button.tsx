import { ArrowUp } from 'lucide-react';
import { Button } from '@/components/ui/button';

interface NewerButtonProps {
  count: number;
  /** All that was read is newer: there may be more. */
  isAtLeast: boolean;
  onShow: () => void;
}

/** Conversations that began, or went on, since the list was read: they come in when they are wanted. */
export function NewerButton({ count, isAtLeast, onShow }: NewerButtonProps) {
  return (
    <>
      {count > 0 && (
        <Button size="sm" icon={<ArrowUp aria-hidden />} onClick={onShow} title="Conversations that began or went on">
          <span className="figures">{`Show ${count}${isAtLeast ? '+' : ''} newer`}</span>
        </Button>
      )}
      {/* Told once, and not with each call that arrives. */}
      <span role="status" className="sr-only">
        {count > 0 ? 'There are newer conversations. The button before the table shows them.' : ''}
      </span>
    </>
  );
}
