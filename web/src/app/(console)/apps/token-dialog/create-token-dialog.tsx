'use client';
import { useState } from 'react';
import { Dialog } from '@/components/ui/dialog';
import { CreateTokenForm } from './create-token-form';
import { CreatedToken } from './created-token';
import type { TokenApp, TokenProvider } from './token-dialog.types';

interface CreateTokenDialogProps {
  open: boolean;
  onClose: () => void;
  app: TokenApp;
  providers: readonly TokenProvider[];
}

/** First the form, then the token itself, which can be seen only here and only now. */
export function CreateTokenDialog({ open, onClose, app, providers }: CreateTokenDialogProps) {
  const [created, setCreated] = useState<{ value: string; openTo: readonly TokenProvider[] } | null>(null);
  const close = () => {
    setCreated(null);
    onClose();
  };
  const isShown = created !== null;
  return (
    <Dialog
      open={open}
      // Closing loses the token for good: only the button that says so does it.
      onOpenChange={(next) => !next && !isShown && close()}
      dismissible={!isShown}
      closable={!isShown}
      width={isShown ? 'lg' : 'md'}
      title={isShown ? 'Store this token now' : `Create token for ${app.name}`}
      description={isShown ? 'It is shown this once. Afterwards only its beginning can be seen.' : undefined}
    >
      {open && created === null && (
        <CreateTokenForm app={app} providers={providers} onCancel={close} onCreated={setCreated} />
      )}
      {created && <CreatedToken {...created} onStored={close} />}
    </Dialog>
  );
}
