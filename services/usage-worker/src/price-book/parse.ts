import { type PriceBook, packedPriceBook, priceBook, unpackPriceBook, WeirError } from '@weir/contracts';

/** Reads a book in either form. @throws WeirError `PRICE_BOOK_REJECTED` with a reason that quotes no values */
export function parsePriceBook(text: string): PriceBook {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new WeirError('PRICE_BOOK_REJECTED', 'the price book is no JSON');
  }
  return isPacked(json) ? unpack(json) : parse(priceBook, json);
}

function isPacked(json: unknown): boolean {
  return json !== null && typeof json === 'object' && 'format' in json && json.format !== 1;
}

function unpack(json: unknown): PriceBook {
  const packed = parse(packedPriceBook, json);
  try {
    return unpackPriceBook(packed);
  } catch (cause) {
    throw new WeirError('PRICE_BOOK_REJECTED', 'the price book refers to entries it does not hold', { cause });
  }
}

function parse<Book>(schema: { safeParse(json: unknown): ParseResult<Book> }, json: unknown): Book {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues.slice(0, 5).map(({ path, code }) => `${path.join('.')}: ${code}`);
  throw new WeirError('PRICE_BOOK_REJECTED', `the price book has another shape (${where.join('; ')})`);
}

type ParseResult<Book> =
  | { success: true; data: Book }
  | { success: false; error: { issues: readonly { path: readonly PropertyKey[]; code?: string | undefined }[] } };
