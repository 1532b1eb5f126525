import { discoveryUrl, type SnippetTarget, sdkBaseUrl } from '@weir/snippets';
import type { ReactNode } from 'react';
import { CopyField } from '@/components/ui/copy-button';

/** The addresses of a provider, each with what it is for. */
export function Addresses({ target }: { target: SnippetTarget }) {
  const baseUrl = sdkBaseUrl(target);
  const discovery = discoveryUrl(target);
  const proxyUrl = target.proxyUrl.replace(/\/+$/, '');
  return (
    <dl className="flex flex-col gap-4">
      <Address label="Base URL" value={baseUrl} copyLabel="Copy base URL">
        What an SDK takes as its base URL. Together with the token it is all that changes in code that works already.
      </Address>
      {proxyUrl !== baseUrl && (
        <Address label="Proxy URL" value={proxyUrl} copyLabel="Copy proxy URL">
          For anything else: the upstream’s own path follows it, unchanged.
        </Address>
      )}
      {discovery && (
        <Address label="Discovery" value={discovery} copyLabel="Copy discovery URL">
          Answers with the models the upstream offers, for clients that look them up. Send the token with it.
        </Address>
      )}
    </dl>
  );
}

interface AddressProps {
  label: string;
  value: string;
  copyLabel: string;
  children: ReactNode;
}

function Address({ label, value, copyLabel, children }: AddressProps) {
  return (
    <div className="min-w-0">
      <dt className="mb-1.5 font-medium">{label}</dt>
      <dd>
        <CopyField value={value} label={copyLabel} wrap />
        <p className="mt-1.5 text-table text-ink-3">{children}</p>
      </dd>
    </div>
  );
}
