import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { Frame } from '@/components/frame/frame';
import { Unreachable } from '@/components/frame/unreachable';
import { ViewerProvider } from '@/components/frame/viewer';
import { graphql } from '@/graphql/graphql';
import { ControlPlaneError, isSignedOut } from '@/graphql/problem';
import { ask } from '@/graphql/server';

const VIEWER = graphql(`
  query FrameViewer {
    viewer {
      id
      email
      displayName
      role
      permissions
      project {
        name
        displayName
      }
    }
  }
`);

async function loadViewer() {
  try {
    return { viewer: (await ask(VIEWER, {})).viewer, problem: null };
  } catch (error) {
    if (!(error instanceof ControlPlaneError)) throw error;
    return { viewer: null, problem: isSignedOut(error.problem) ? null : error.problem };
  }
}

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const { viewer, problem } = await loadViewer();
  if (problem) return <Unreachable problem={problem} />;
  if (!viewer) {
    const location = (await headers()).get('x-weir-location') ?? '/';
    redirect(location === '/' ? '/signin' : `/signin?next=${encodeURIComponent(location)}`);
  }
  return (
    <ViewerProvider viewer={viewer}>
      <Frame>{children}</Frame>
    </ViewerProvider>
  );
}
