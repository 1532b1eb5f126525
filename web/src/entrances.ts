/** Screens that people see before they are signed in. */
export const ENTRANCES: readonly string[] = ['/signin', '/setup', '/invite'];
