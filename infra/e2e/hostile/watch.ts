/// <reference lib="dom" />
import type { BrowserContext, Page } from 'playwright-core';

/** Watches what a browser does that no page of ours would. */
export interface Watch {
  /** Since the last time it was asked: scripts that ran, dialogs, windows, requests elsewhere, and what the policy stopped. */
  harm(): string[];
  /** What stands in the document that only markup of a stranger puts there. */
  strangeOn(page: Page): Promise<string[]>;
}

export async function watch(context: BrowserContext, origin: string): Promise<Watch> {
  const seen: string[] = [];
  await context.exposeFunction('canary', () => void seen.push('a script ran'));
  await context.exposeFunction('weirStopped', (what: string) => void seen.push(`stopped by the policy: ${what}`));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      (window as unknown as { weirStopped(what: string): void }).weirStopped(`${violatedDirective} ${blockedURI}`);
    });
  });
  context.on('dialog', (dialog) => {
    seen.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  context.on('page', () => seen.push('a window was opened'));
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (url.origin !== origin && /^(https?|wss?|ftp):$/.test(url.protocol)) seen.push(`a request: ${url.href}`);
  });
  return { harm: () => seen.splice(0), strangeOn };
}

const STRANGE_ELEMENTS = [
  ...['script', 'iframe', 'frame', 'object', 'embed', 'applet', 'img', 'picture', 'video', 'audio', 'source', 'track'],
  ...['style', 'link', 'meta', 'base', 'portal', 'marquee', 'math', 'foreignObject', 'animate', 'use', 'isindex'],
  ...['dialog', 'template[shadowrootmode]', 'plaintext', 'xmp', 'slot', 'map', 'area', 'keygen', 'frameset'],
].join(', ');

function strangeOn(page: Page): Promise<string[]> {
  return page.locator('main').evaluate((main, strange) => {
    const found = Array.from(main.querySelectorAll(strange), (element) => element.outerHTML.slice(0, 120));
    for (const element of main.querySelectorAll('*')) {
      for (const { name, value } of element.attributes) {
        const isHandler = name.startsWith('on');
        const isFetched = name === 'style' && /url\(|expression|@import/i.test(value);
        if (isHandler || isFetched) found.push(`${name}=${value}`.slice(0, 120));
      }
    }
    for (const link of main.querySelectorAll<HTMLAnchorElement>('a[href]')) {
      const url = new URL(link.href);
      const isOurs = url.origin === location.origin;
      const isGuarded = ['noopener', 'noreferrer', 'nofollow'].every((word) => link.relList.contains(word));
      const isKnown = ['http:', 'https:', 'mailto:'].includes(url.protocol);
      if (!isKnown || url.username !== '' || (!isOurs && !isGuarded)) found.push(`link to ${link.href}`.slice(0, 120));
    }
    return found;
  }, STRANGE_ELEMENTS);
}
