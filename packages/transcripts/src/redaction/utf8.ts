/** null: they are no UTF-8, as those of images, sounds and forms, and nothing that a pattern could look through. */
export function textOf(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
