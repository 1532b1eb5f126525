import { ENTRANCES } from '../entrances';

const LEFT_AT = 'weir.left-for-sign-in';
const ONCE_IN_MS = 10_000;

let endsOnPurpose = false;

/** A session that ended while a page was open: the way back leads to where the person was. */
export function leaveForSignIn(): void {
  const { pathname, search } = window.location;
  if (endsOnPurpose || ENTRANCES.includes(pathname)) return;
  // The sign-in page sends people back who are signed in; should the two ever disagree, the page must not spin.
  const leftAt = Number(sessionStorage.getItem(LEFT_AT));
  if (Date.now() - leftAt < ONCE_IN_MS) return;
  sessionStorage.setItem(LEFT_AT, String(Date.now()));
  window.location.assign(`/signin?next=${encodeURIComponent(pathname + search)}`);
}

/**
 * Ends the session of this page and leaves by a full load, so that nothing of it stays in memory. Whatever else the
 * page asks meanwhile may hear that the session is gone before `end` does; that person meant to go and is offered no
 * way back.
 *
 * @param end resolves to whether the session has ended; the page stays when it has not
 */
export async function leaveForGood(end: () => Promise<boolean>): Promise<void> {
  endsOnPurpose = true;
  try {
    endsOnPurpose = await end();
  } catch (error) {
    endsOnPurpose = false;
    throw error;
  }
  if (endsOnPurpose) window.location.assign('/signin');
}
