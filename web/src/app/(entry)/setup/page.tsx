import type { Metadata } from 'next';
import { ButtonLink } from '@/components/ui/button';
import { EntryHeading } from '../entry-heading';
import { SetUp } from './set-up';

export const metadata: Metadata = { title: 'Set up' };

export default async function SetUpPage({ searchParams }: { searchParams: Promise<{ token?: string | string[] }> }) {
  const { token } = await searchParams;
  if (typeof token === 'string' && token !== '') return <SetUp token={token} />;
  return (
    <>
      <EntryHeading title="This link is not complete">
        Open the whole set-up link that was printed when Weir started; it ends in a token.
      </EntryHeading>
      <ButtonLink href="/signin">Go to sign in</ButtonLink>
    </>
  );
}
