'use client';
import { RefreshCw, Trash2 } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { Drawer } from '@/components/ui/drawer';
import { Link } from '@/components/ui/link';
import { RelativeTime } from '@/components/ui/relative-time';
import { Facts, Section } from '@/components/ui/section';
import type { SecretRow } from './columns';

interface SecretDrawerProps {
  /** null = closed. */
  secretId: string | null;
  secrets: readonly SecretRow[] | undefined;
  onClose: () => void;
  /** Left out for who may only look. */
  onRotate?: (secret: SecretRow) => void;
  onDelete?: (secret: SecretRow) => void;
}

/** Everything about one secret but its value. */
export function SecretDrawer({ secretId, secrets, onClose, onRotate, onDelete }: SecretDrawerProps) {
  const secret = secrets?.find((row) => row.secretId === secretId);
  return (
    <Drawer
      open={secretId !== null && secrets !== undefined}
      onOpenChange={(open) => !open && onClose()}
      title={<span className="font-mono">{secretId}</span>}
      actions={secret && <CopyButton text={secret.secretId} label="Copy id" />}
    >
      {secret ? (
        <div className="flex flex-col gap-6">
          <Facts
            facts={[
              { label: 'Ends in', value: <span className="font-mono">{secret.lastFour}</span> },
              { label: 'Version', value: <span className="figures">{secret.version}</span> },
              { label: 'Rotated', value: <RelativeTime at={secret.rotatedAt} /> },
              { label: 'Created', value: <RelativeTime at={secret.createdAt} /> },
              {
                label: 'May be sent to',
                value:
                  secret.boundOrigins.length === 0 ? (
                    <span className="text-ink-3">the first upstream that uses it</span>
                  ) : (
                    <ul className="font-mono text-table break-all">
                      {secret.boundOrigins.map((origin) => (
                        <li key={origin}>{origin}</li>
                      ))}
                    </ul>
                  ),
              },
            ]}
          />
          <Section title="Used by">
            <Uses secret={secret} />
          </Section>
          {onRotate && onDelete && (
            <div className="flex gap-2">
              <Button icon={<RefreshCw aria-hidden />} onClick={() => onRotate(secret)}>
                Rotate value
              </Button>
              <Button variant="danger" icon={<Trash2 aria-hidden />} onClick={() => onDelete(secret)}>
                Delete
              </Button>
            </div>
          )}
        </div>
      ) : (
        <p className="text-ink-2">There is no secret of this id. It was deleted, or the address was mistyped.</p>
      )}
    </Drawer>
  );
}

function Uses({ secret }: { secret: SecretRow }) {
  if (secret.uses.length === 0) {
    return <p className="text-ink-2">Nothing. It can be deleted without any call changing.</p>;
  }
  return (
    <ul className="divide-y divide-line">
      {secret.uses.map(({ provider, slot }) => (
        <li key={`${provider} ${slot}`} className="flex items-baseline justify-between gap-4 py-1.5">
          <Link href={`/providers/${provider}`} className="min-w-0 truncate rounded-sm text-accent hover:underline">
            {provider}
          </Link>
          <span className="text-table text-ink-3">as {slot.replaceAll('_', ' ')}</span>
        </li>
      ))}
    </ul>
  );
}
