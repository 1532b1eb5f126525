import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { graphql } from '@/graphql/graphql';
import { ControlPlaneError } from '@/graphql/problem';
import { ask } from '@/graphql/server';
import { nextLocation } from '../next-location';
import { SignIn } from './sign-in';

export const metadata: Metadata = { title: 'Sign in' };

const INSTALLATION = graphql(`
  query EntryInstallation {
    installation {
      setUpOpen
      signedIn
    }
  }
`);

async function loadInstallation() {
  try {
    return (await ask(INSTALLATION, {})).installation;
  } catch (error) {
    // The form says so itself when the control plane is still away at the time of signing in.
    if (error instanceof ControlPlaneError) return null;
    throw error;
  }
}

export default async function SignInPage({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  const [{ next }, installation] = await Promise.all([searchParams, loadInstallation()]);
  const location = nextLocation(typeof next === 'string' ? next : null);
  if (installation?.signedIn) redirect(location);
  return <SignIn next={location} setUpOpen={installation?.setUpOpen ?? false} />;
}
