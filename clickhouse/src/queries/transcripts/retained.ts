/** The server clears rows some time after the day they expire; nobody reads them until then. */
export const RETAINED = "expires_at > toDate(now('UTC'))";
