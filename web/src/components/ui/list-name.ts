export const labelIdOf = (controlId: string) => `${controlId}-label`;

interface NamedControl {
  id?: string | undefined;
  'aria-label'?: string | undefined;
}

/** What names the list a control opens: the control's own label, which stays while the list closes. */
export function listName({ id, 'aria-label': label }: NamedControl): NamedControl & { 'aria-labelledby'?: string } {
  if (label !== undefined) return { 'aria-label': label };
  return id === undefined ? {} : { 'aria-labelledby': labelIdOf(id) };
}
