import { redirect } from 'next/navigation';
import { restatementHref } from '../../ledger/href';

/** The short address, as it stands in receipts and messages. */
export default async function RestatementRedirect({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  redirect(restatementHref(decodeURIComponent(id)));
}
