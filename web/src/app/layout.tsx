import { GeistMono } from 'geist/font/mono';
import { GeistSans } from 'geist/font/sans';
import type { Metadata, Viewport } from 'next';
import { cookies, headers } from 'next/headers';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import type { ReactNode } from 'react';
import { Providers } from '@/app/providers';
import { readPreferences } from '@/preferences/preferences';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'Weir', template: '%s · Weir' },
  description: 'Managed LLM proxy URLs with exact, provable usage and cost records',
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#101416' },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [jar, incoming] = await Promise.all([cookies(), headers()]);
  const preferences = readPreferences((name) => jar.get(name)?.value);
  return (
    <html
      lang="en"
      data-theme={preferences.theme}
      data-density={preferences.density}
      className={`${GeistSans.variable} ${GeistMono.variable} font-sans`}
    >
      <body>
        <div className="root">
          <NuqsAdapter>
            <Providers preferences={preferences} nonce={incoming.get('x-nonce') ?? undefined}>
              {children}
            </Providers>
          </NuqsAdapter>
        </div>
      </body>
    </html>
  );
}
