/** In place of a figure the store of usage could not be asked for: unknown is not zero. */
export function UnknownFigure() {
  return (
    <span className="text-ink-3" title="The store of usage did not answer; nothing was lost">
      unknown
    </span>
  );
}
