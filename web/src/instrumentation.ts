/**
 * The control plane throttles sign-ins by client address, so the address must not be the client's own claim. Next passes
 * an `x-forwarded-for` sent by the client through unchanged; this names the peer of the socket before Next sees the request.
 */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { subscribe } = await import('node:diagnostics_channel');
  subscribe('http.server.request.start', (message) => {
    const { request, socket } = message as {
      request: { headers: Record<string, string | undefined> };
      socket: { remoteAddress?: string };
    };
    request.headers['x-forwarded-for'] = socket.remoteAddress;
    request.headers['x-real-ip'] = socket.remoteAddress;
  });
}
