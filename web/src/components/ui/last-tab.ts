const SOON_MS = 100;
let tabbedAtMs = Number.NEGATIVE_INFINITY;

if (typeof window !== 'undefined') {
  window.addEventListener(
    'keydown',
    (event) => {
      if (event.key === 'Tab') tabbedAtMs = performance.now();
    },
    true,
  );
}

/** Whether the focus moves because of the Tab key. */
export function wasTabbed(): boolean {
  return performance.now() - tabbedAtMs < SOON_MS;
}
