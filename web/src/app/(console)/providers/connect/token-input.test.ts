import { expect, it } from 'vitest';
import { inlineTokenInput, NEW_APP, servedApps, servedEnvironments, tokenNeeds } from './token-input';

const apps = [
  { id: '1', name: 'checkout', environment: { id: 'p', name: 'production' } },
  { id: '2', name: 'trial', environment: { id: 'd', name: 'development' } },
];
const choices = { apps, environments: [] };

it('only apps of environments the provider is active in are offered', () => {
  expect(servedApps(choices, ['development']).map(({ name }) => name)).toEqual(['trial']);
  expect(servedApps(choices, []).map(({ name }) => name)).toEqual(['checkout', 'trial']);
  expect(servedEnvironments(['production', 'staging'], ['staging'])).toEqual(['staging']);
  expect(servedEnvironments(['production', 'staging'], [])).toEqual(['production', 'staging']);
});

it('says what is missing for an existing and for a new app', () => {
  const none = { app: '', appName: '', environment: '' };
  expect(tokenNeeds(none, [])).toEqual(['an app']);
  expect(tokenNeeds({ ...none, app: '1' }, [])).toEqual([]);
  expect(tokenNeeds({ ...none, app: NEW_APP }, [])).toEqual(['an app name', 'an environment']);
  expect(tokenNeeds({ app: NEW_APP, appName: ' checkout ', environment: 'production' }, ['checkout'])).toEqual([
    'a name no app has yet',
  ]);
});

it('the token opens the one provider and ends by itself', () => {
  expect(inlineTokenInput('1', 'openai', new Date('2026-01-01T00:00:00Z'))).toEqual({
    appId: '1',
    name: 'Connect to openai',
    allProviders: false,
    providers: ['openai'],
    expiresAt: '2026-04-01T00:00:00.000Z',
  });
});
