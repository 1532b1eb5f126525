import { X } from 'lucide-react';
import { Banner } from '@/components/ui/banner';
import { Button, ButtonLink } from '@/components/ui/button';
import { IconButton } from '@/components/ui/icon-button';

interface CreatedBannerProps {
  displayName: string;
  onConnect: () => void;
  onDismiss: () => void;
}

/** What comes after creating a provider. */
export function CreatedBanner({ displayName, onConnect, onDismiss }: CreatedBannerProps) {
  return (
    <Banner
      className="mb-4"
      title={`${displayName} is created`}
      action={<IconButton size="sm" label="Dismiss" icon={<X aria-hidden />} onClick={onDismiss} />}
    >
      Next: give an app a token, and point it at the proxy URL. Its first call appears below within seconds.
      <span className="mt-2 flex flex-wrap gap-2">
        <ButtonLink href="/apps" size="sm">
          Create a token
        </ButtonLink>
        <Button size="sm" onClick={onConnect}>
          Connect an app
        </Button>
      </span>
    </Banner>
  );
}
