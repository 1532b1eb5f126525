import { type PriceBook, priceBook, WeirError } from '@weir/contracts';

/** @throws WeirError `PRICE_BOOK_REJECTED` with a reason that quotes no values */
export function parsePriceBook(text: string): PriceBook {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new WeirError('PRICE_BOOK_REJECTED', 'the price book is no JSON');
  }
  const parsed = priceBook.safeParse(json);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues.slice(0, 5).map(({ path, code }) => `${path.join('.')}: ${code}`);
  throw new WeirError('PRICE_BOOK_REJECTED', `the price book has another shape (${where.join('; ')})`);
}
