export type * from './provider-type.js';
export { PROVIDER_TYPE_DEFINITIONS, providerTypeOf } from './registry.js';
