import { Status } from '@/components/ui/status';

/** Whether a provider takes calls; that its last test failed is said with it, the reasons are in the title. */
export function ProviderStatus({ status, reasons }: { status: string; reasons: readonly string[] }) {
  const title = reasons.length > 0 ? { title: reasons.join('\n') } : {};
  if (status === 'DISABLED') return <Status state="disabled" {...title} />;
  if (status === 'FAILING') return <Status state="failing" label="Enabled, failing" {...title} />;
  return <Status state="enabled" {...title} />;
}
