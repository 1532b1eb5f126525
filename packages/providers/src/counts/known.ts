/**
 * Only what is stated: unknown is no member, never zero, and a later, partial statement wipes out no earlier one. A sum too
 * large to be exact is not known either.
 */
export function known<K extends string>(quantities: { [Q in K]?: number | undefined }): { [Q in K]?: number } {
  const stated: { [Q in K]?: number } = {};
  for (const name in quantities) {
    const quantity = quantities[name];
    if (Number.isSafeInteger(quantity)) stated[name] = quantity;
  }
  return stated;
}
