'use client';
import { useCan } from '@/components/frame/viewer';
import { Link } from '@/components/ui/link';
import type { Provider } from '../[name]/client';

interface SecretReferencesProps {
  credentials: Provider['credentials'];
  slots: readonly { readonly slot: string; readonly label: string }[];
}

/** Which secrets a provider uses and what as; each leads to the secret. */
export function SecretReferences({ credentials, slots }: SecretReferencesProps) {
  const canRead = useCan('secret.read');
  return (
    <ul className="flex flex-col gap-0.5">
      {credentials.map(({ slot, secret }) => (
        <li key={slot} className="flex flex-wrap items-baseline gap-x-2">
          {secret && canRead ? (
            <>
              <Link
                href={`/secrets?secret=${secret.secretId}`}
                className="rounded-sm font-mono text-table text-accent hover:underline"
              >
                {secret.secretId}
              </Link>
              <span className="font-mono text-caption text-ink-3">…{secret.lastFour}</span>
            </>
          ) : (
            <span className="text-ink-3">set</span>
          )}
          {credentials.length > 1 && (
            <span className="text-caption text-ink-3">{slots.find((field) => field.slot === slot)?.label ?? slot}</span>
          )}
        </li>
      ))}
    </ul>
  );
}
