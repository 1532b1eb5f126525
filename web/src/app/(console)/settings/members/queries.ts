import { graphql, type ResultOf } from '@/graphql/graphql';

export const MEMBERS = graphql(`
  query Members {
    members {
      id
      email
      displayName
      role
      createdAt
      invited
    }
  }
`);

export const INVITE_MEMBER = graphql(`
  mutation InviteMember($input: InviteMemberInput!) {
    inviteMember(input: $input) {
      email
      link
      expiresAt
    }
  }
`);

export const UPDATE_MEMBER_ROLE = graphql(`
  mutation UpdateMemberRole($id: ID!, $role: Role!) {
    updateMemberRole(id: $id, role: $role) {
      id
      role
    }
  }
`);

export const REMOVE_MEMBER = graphql(`
  mutation RemoveMember($id: ID!) {
    removeMember(id: $id)
  }
`);

export type Member = ResultOf<typeof MEMBERS>['members'][number];
export type Invitation = ResultOf<typeof INVITE_MEMBER>['inviteMember'];
export type Role = Member['role'];

/** What each role may do, in the words of somebody who has to choose. */
export const ROLES: readonly { value: Role; label: string; hint: string }[] = [
  { value: 'admin', label: 'Admin', hint: 'Everything, including members and secrets' },
  { value: 'engineer', label: 'Engineer', hint: 'Reads all, manages apps and tokens' },
  { value: 'finance', label: 'Finance', hint: 'Reads cost, usage, providers and apps' },
  { value: 'viewer', label: 'Viewer', hint: 'Reads cost, usage, providers and apps' },
];
