import type { GatewayName } from '../options.js';
import type { Gateway } from './gateway.js';
import { WeirGateway } from './weir/index.js';

/**
 * The adapter of a gateway; one that is not part of this checkout is installed into a folder of its own first.
 * @param root the checkout
 * @throws GatewayMissing
 */
export async function openGateway(name: GatewayName, root: string, _say: (line: string) => void): Promise<Gateway> {
  switch (name) {
    default:
      return new WeirGateway(root);
  }
}
