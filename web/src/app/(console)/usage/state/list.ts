/**
 * Lists in an address: values divided by commas, one inside a value written out. The empty value, which is what has
 * none, is `~`, since an empty text would be an empty list; values that begin with `~` get another one.
 */
export const printList = (values: readonly string[]): string => values.map(printItem).join(',');

/** What comes from elsewhere may have an empty item for the empty value. */
export const parseList = (text: string): string[] => (text === '' ? [] : text.split(',').map(parseItem));

function printItem(value: string): string {
  if (value === '') return '~';
  const written = value.replace(/%(?=2C|25)/g, '%25').replaceAll(',', '%2C');
  return written.startsWith('~') ? `~${written}` : written;
}

function parseItem(item: string): string {
  if (item === '~') return '';
  const written = item.startsWith('~~') ? item.slice(1) : item;
  return written.replace(/%(2C|25)/g, (_, code) => (code === '2C' ? ',' : '%'));
}
