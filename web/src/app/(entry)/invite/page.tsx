import type { Metadata } from 'next';
import { EntryHeading } from '../entry-heading';
import { AcceptInvitation } from './accept-invitation';

export const metadata: Metadata = { title: 'Accept invitation' };

export default async function InvitePage({ searchParams }: { searchParams: Promise<{ token?: string | string[] }> }) {
  const { token } = await searchParams;
  if (typeof token === 'string' && token !== '') return <AcceptInvitation token={token} />;
  return (
    <EntryHeading title="This link is not complete">
      Open the whole invitation link; it ends in a token. Whoever invited you can make a new one.
    </EntryHeading>
  );
}
