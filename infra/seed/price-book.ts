import { DOOR, type PriceBook, packedPriceBook, priceBook, unpackPriceBook } from '@weir/contracts';
import { request } from 'undici';

/** The book that workers rate with, by the door they get it through. @throws Error when the control plane refuses */
export async function fetchPriceBook(doorUrl: string, doorToken: string): Promise<PriceBook> {
  const { statusCode, body } = await request(new URL(DOOR.priceBook, doorUrl), {
    headers: { authorization: `Bearer ${doorToken}` },
  });
  if (statusCode !== 200) {
    await body.dump();
    throw new Error(`the control plane's door answered ${statusCode}`);
  }
  const json = (await body.json()) as { format?: unknown };
  return json.format === 1 ? priceBook.parse(json) : unpackPriceBook(packedPriceBook.parse(json));
}
