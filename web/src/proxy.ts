import { type NextRequest, NextResponse } from 'next/server';
import { config as installation } from './config';
import { ENTRANCES } from './entrances';
import { contentSecurityPolicy } from './security/content-security-policy';
import { PAGE_HEADERS } from './security/page-headers';
import { refusalOf } from './security/refusal';

/**
 * Dresses pages in their security headers. Who may see what is decided by the control plane alone; sending a visitor
 * without a session to the sign-in page is a convenience.
 */
export function proxy(request: NextRequest): NextResponse {
  const refusal = refusalOf(request.headers, request.method);
  if (refusal) return NextResponse.json({ error: refusal.reason }, { status: refusal.status });

  const { pathname } = request.nextUrl;
  if (pathname === '/graphql' || pathname.startsWith('/download/')) return NextResponse.next();

  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64');
  const policy = contentSecurityPolicy(nonce, { development: installation.isDevelopment });
  if (!ENTRANCES.includes(pathname) && !request.cookies.has('__Host-weir_session')) {
    const signIn = new URL('/signin', request.url);
    if (pathname !== '/') signIn.searchParams.set('next', pathname + request.nextUrl.search);
    return NextResponse.redirect(signIn);
  }

  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('content-security-policy', policy);
  headers.set('x-weir-location', pathname + request.nextUrl.search);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  for (const [name, value] of PAGE_HEADERS) response.headers.set(name, value);
  return response;
}

export const config = {
  matcher: ['/((?!_next/static|healthz$|favicon.ico$|icon.svg$).*)'],
};
