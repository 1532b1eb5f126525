export { PrismaPg } from '@prisma/adapter-pg';
export * from './generated/client/client.js';
export { migrate } from './migrate.js';
