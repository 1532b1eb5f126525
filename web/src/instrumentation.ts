export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { nameClientAddresses } = await import('./security/name-client-addresses');
    nameClientAddresses();
  }
}
