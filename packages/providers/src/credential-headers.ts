/**
 * Request headers that can carry a credential in any dialect. All of them are kept from every upstream: an app may have
 * presented its gateway token in any of them.
 */
export const CREDENTIAL_HEADERS: readonly string[] = ['authorization', 'x-api-key', 'api-key', 'x-goog-api-key'];
