import { SetMetadata } from '@nestjs/common';
import type { Role } from '@weir/prisma';
import type { Viewer } from './viewer.js';

const READ = [
  'provider.read',
  'secret.read',
  'app.read',
  'usage.read',
  'call.read',
  'transcript.read',
  'transcript_body.read',
  'member.read',
  'audit.read',
  'ledger.read',
  'api_token.read',
] as const;
const WRITE = [
  'provider.write',
  'secret.write',
  'app.write',
  'member.write',
  'ledger.write',
  'transcript.delete',
  'api_token.write',
] as const;

/** `self`: whoever is signed in, about themselves or about what every member may know. */
export const PERMISSIONS = [...READ, ...WRITE, 'self'] as const;
export type Permission = (typeof PERMISSIONS)[number];

const SEEN_BY_ALL = [
  'provider.read',
  'app.read',
  'usage.read',
  'call.read',
  'transcript.read',
  'ledger.read',
  'self',
] as const;
const API_TOKENS = ['api_token.read', 'api_token.write'] as const;

/** What a role may do. The generated authorization test compares every resolver's behaviour with this table. */
export const PERMISSIONS_OF: Readonly<Record<Role, readonly Permission[]>> = {
  admin: PERMISSIONS,
  engineer: [...SEEN_BY_ALL, 'transcript_body.read', 'secret.read', 'app.write', ...API_TOKENS],
  finance: [...SEEN_BY_ALL, 'ledger.write', ...API_TOKENS],
  viewer: SEEN_BY_ALL,
};

export type Policy = { readonly kind: 'public' } | { readonly kind: 'permission'; readonly permission: Permission };

export const POLICY_KEY = 'weir:policy';

/** Answers without a session. Rare. */
export const Public = () => SetMetadata<string, Policy>(POLICY_KEY, { kind: 'public' });

/** Answers to members whose role holds `permission`. On a class it is the default of its methods. */
export const Allow = (permission: Permission) =>
  SetMetadata<string, Policy>(POLICY_KEY, { kind: 'permission', permission });

/** What a read token answers to at most; what the role of its maker lacks, it lacks too. */
const READ_BY_TOKEN: readonly Permission[] = ['usage.read', 'call.read', 'ledger.read', 'provider.read'];

export function permissionsOf({ role, apiTokenId }: Pick<Viewer, 'role' | 'apiTokenId'>): readonly Permission[] {
  const ofRole = PERMISSIONS_OF[role];
  return apiTokenId === undefined ? ofRole : ofRole.filter((permission) => READ_BY_TOKEN.includes(permission));
}
