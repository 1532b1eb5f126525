import type { GatewayName } from '../options.js';
import type { Gateway } from './gateway.js';
import { LiteLlmGateway } from './litellm/index.js';
import { WeirGateway } from './weir/index.js';

/**
 * The adapter of a gateway; one that is not part of this checkout is installed into a folder of its own first.
 * @param root the checkout
 * @throws GatewayMissing
 */
export async function openGateway(name: GatewayName, root: string): Promise<Gateway> {
  switch (name) {
    case 'litellm':
      return new LiteLlmGateway(root);
    case 'weir':
      return new WeirGateway(root);
  }
}
