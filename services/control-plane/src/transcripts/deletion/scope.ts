import { uuid } from '@weir/contracts';
import type { TranscriptDeletion } from '@weir/prisma';
import { InputError } from '../../platform/errors.js';
import type { TranscriptScopeInput } from './deletions.types.js';

const USER_MAX_LENGTH = 255;

/** What an order is about; null = no restriction. */
type Scope = Pick<TranscriptDeletion, 'conversationId' | 'appId' | 'user' | 'providerId' | 'from' | 'to'>;

/** @throws InputError naming the field */
export function scopeOf(input: TranscriptScopeInput): Scope {
  const id = (field: 'conversationId' | 'appId' | 'providerId') => {
    const value = input[field] ?? null;
    if (value === null || uuid.safeParse(value).success) return value;
    throw new InputError('ID_INVALID', 'This is no id.', field);
  };
  const scope = {
    conversationId: id('conversationId'),
    appId: id('appId'),
    user: input.user ?? null,
    providerId: id('providerId'),
    from: input.from ?? null,
    to: input.to ?? null,
  };
  if (Object.values(scope).every((value) => value === null)) {
    throw new InputError('SCOPE_MISSING', 'Say what is to be deleted: a conversation, app, user, provider or range.');
  }
  if (scope.user !== null && (scope.user === '' || scope.user.length > USER_MAX_LENGTH)) {
    throw new InputError('USER_INVALID', `A user has 1 to ${USER_MAX_LENGTH} characters.`, 'user');
  }
  if (scope.from !== null && scope.to !== null && scope.from >= scope.to) {
    throw new InputError('RANGE_INVALID', 'The range must begin before it ends.', 'to');
  }
  return scope;
}
