import { minuteTime } from '../../../../format';
import type { Deletion, ScopeNames } from './queries';

/** What is about to be deleted, as the form holds it; '' = no restriction. */
export interface Draft {
  readonly conversation: string;
  readonly app: string;
  readonly user: string;
  readonly provider: string;
  readonly from: Date | null;
  readonly to: Date | null;
}

/** null while nothing restricts it: nobody deletes everything by leaving a form empty. */
export function scopeInput({ conversation, app, user, provider, from, to }: Draft) {
  const scope = {
    ...(conversation.trim() === '' ? {} : { conversationId: conversation.trim() }),
    ...(app === '' ? {} : { appId: app }),
    ...(user.trim() === '' ? {} : { user: user.trim() }),
    ...(provider === '' ? {} : { providerId: provider }),
    ...(from === null ? {} : { from: from.toISOString() }),
    ...(to === null ? {} : { to: to.toISOString() }),
  };
  return Object.keys(scope).length === 0 ? null : scope;
}

type Scope = Pick<Deletion, 'conversationId' | 'appId' | 'user' | 'providerId' | 'from' | 'to'>;

/** What an order was about, in words; an app or provider that is gone by its id. */
export function scopeText(scope: Scope, names: ScopeNames | undefined): string {
  const { conversationId, appId, user, providerId, from, to } = scope;
  const app = names?.apps.find(({ id }) => id === appId)?.name ?? appId;
  const provider = names?.providers.nodes.find(({ id }) => id === providerId)?.name ?? providerId;
  return [
    ...(conversationId ? [`Conversation ${conversationId}`] : []),
    ...(app ? [`App ${app}`] : []),
    ...(user ? [`User ${user}`] : []),
    ...(provider ? [`Provider ${provider}`] : []),
    ...(from ? [`from ${minuteTime(from)}`] : []),
    ...(to ? [`before ${minuteTime(to)}`] : []),
  ].join(', ');
}
