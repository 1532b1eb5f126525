import { randomBytes } from 'node:crypto';
import type { Permission } from '../../src/platform/policy.js';
import { PASSWORD } from '../system.js';
import { type Names, openMonth } from './world.js';

export interface Case {
  /** What it takes, written down apart from the code: a policy that changes there has to change here. */
  readonly needs: Permission | 'public';
  readonly variables: (names: Names) => Record<string, unknown>;
  /** The variables name something of a project; naming another project's must lead nowhere. */
  readonly names?: true;
  /** Succeeds for nobody in an installation that is set up, or for reasons of its own. */
  readonly refusedTo?: 'everybody' | 'people without a password here';
}

const none = () => ({});
const fresh = () => randomBytes(6).toString('hex');
const upper = () => `NEW_${fresh().toUpperCase()}`;
const range = () => ({ from: new Date(Date.now() - 86_400_000), to: new Date() });

/** Every field of Query and Mutation. The test fails for one that is missing here. */
export const CASES: Readonly<Record<string, Case>> = {
  'Query.installation': { needs: 'public', variables: none },
  'Query.viewer': { needs: 'public', variables: none },
  'Query.environments': { needs: 'self', variables: none },
  'Query.members': { needs: 'member.read', variables: none },
  'Query.sessions': { needs: 'self', variables: none },
  'Query.providerTypes': { needs: 'provider.read', variables: none },
  'Query.proxyUrlPrefix': { needs: 'provider.read', variables: none },
  'Query.providers': {
    needs: 'provider.read',
    variables: ({ provider }) => ({ filter: { search: provider }, first: 20 }),
  },
  'Query.provider': { needs: 'provider.read', names: true, variables: ({ provider }) => ({ name: provider }) },
  'Query.redactionDetectors': { needs: 'provider.read', variables: none },
  'Query.redactPatternProblems': {
    needs: 'provider.write',
    variables: () => ({ patterns: [{ name: 'ticket', pattern: 'T-[0-9]+' }] }),
  },
  'Query.catalogModels': { needs: 'provider.read', variables: () => ({ type: 'openai', first: 3 }) },
  'Query.rateCard': {
    needs: 'provider.read',
    names: true,
    variables: ({ provider }) => ({ provider, model: 'gpt-4o' }),
  },
  'Query.previewRateCard': {
    needs: 'provider.read',
    names: true,
    variables: ({ provider }) => ({ provider, model: 'gpt-4o', rates: [{ bucket: 'input', usdPerMillion: '1' }] }),
  },
  'Query.priceOverrides': { needs: 'provider.read', names: true, variables: ({ provider }) => ({ provider }) },
  'Query.providerModels': { needs: 'provider.read', names: true, variables: ({ provider }) => ({ provider }) },
  'Query.exchangeRates': { needs: 'provider.read', variables: none },
  'Query.priceVersions': { needs: 'provider.read', variables: none },
  'Query.secrets': { needs: 'secret.read', variables: none },
  'Query.apps': { needs: 'app.read', variables: none },
  'Query.app': { needs: 'app.read', names: true, variables: ({ appId }) => ({ id: appId }) },
  'Query.calls': { needs: 'call.read', variables: ({ provider }) => ({ filter: { providers: [provider] } }) },
  'Query.call': { needs: 'call.read', names: true, variables: ({ eventId }) => ({ eventId }) },
  'Query.conversations': {
    needs: 'transcript.read',
    variables: ({ provider }) => ({ filter: { providers: [provider] } }),
  },
  'Query.conversation': {
    needs: 'transcript.read',
    names: true,
    variables: ({ conversationId }) => ({ id: conversationId }),
  },
  'Query.conversationOfCall': {
    needs: 'transcript.read',
    names: true,
    variables: ({ turnId }) => ({ eventId: turnId }),
  },
  'Query.conversationSpans': {
    needs: 'transcript.read',
    variables: ({ conversationId }) => ({ conversationId }),
  },
  'Query.traceSpans': { needs: 'transcript.read', variables: () => ({ traceId: 'a'.repeat(32) }) },
  'Query.agentTraces': { needs: 'transcript.read', variables: () => ({ id: 'a'.repeat(32) }) },
  'Query.recordingState': { needs: 'transcript.read', variables: none },
  'Query.turns': { needs: 'transcript.read', names: true, variables: ({ conversationId }) => ({ conversationId }) },
  'Query.turn': {
    needs: 'transcript.read',
    names: true,
    variables: ({ conversationId, turnId }) => ({ conversationId, eventId: turnId }),
  },
  'Query.turnsSaid': {
    needs: 'transcript_body.read',
    names: true,
    variables: ({ conversationId, turnId }) => ({ conversationId, eventIds: [turnId] }),
  },
  'Query.saidMessage': {
    needs: 'transcript_body.read',
    names: true,
    variables: ({ conversationId, messageId }) => ({ conversationId, id: messageId }),
  },
  'Query.saidMessages': {
    needs: 'transcript_body.read',
    names: true,
    variables: ({ conversationId, messageId }) => ({ conversationId, ids: [messageId] }),
  },
  'Query.turnPrompt': {
    needs: 'transcript_body.read',
    names: true,
    variables: ({ conversationId, turnId }) => ({ conversationId, eventId: turnId }),
  },
  'Query.turnsWithWords': {
    needs: 'transcript_body.read',
    names: true,
    variables: ({ conversationId }) => ({ conversationId, search: 'water' }),
  },
  'Query.conversationTimeline': {
    needs: 'transcript.read',
    names: true,
    variables: ({ conversationId }) => ({ conversationId }),
  },
  'Query.turnBody': {
    needs: 'transcript_body.read',
    names: true,
    variables: ({ conversationId, turnId }) => ({ conversationId, eventId: turnId, side: 'request' }),
  },
  'Query.transcriptDeletions': { needs: 'audit.read', variables: none },
  'Query.transcriptDeletion': {
    needs: 'audit.read',
    names: true,
    variables: ({ deletionId }) => ({ id: deletionId }),
  },
  'Query.transcriptDeletionPreview': {
    needs: 'transcript.delete',
    variables: ({ conversationId }) => ({ scope: { conversationId } }),
  },
  'Query.usageTotals': {
    needs: 'usage.read',
    variables: ({ provider }) => ({ range: range(), filter: { providers: [provider] } }),
  },
  'Query.usageOverTime': {
    needs: 'usage.read',
    variables: ({ appName }) => ({ range: range(), interval: 'hour', groupBy: 'app', filter: { apps: [appName] } }),
  },
  'Query.usageBreakdown': { needs: 'usage.read', variables: () => ({ range: range(), groupBy: 'provider' }) },
  'Query.usageQuality': {
    needs: 'usage.read',
    variables: () => ({ range: range(), interval: 'hour' }),
  },
  'Query.usageFacets': {
    needs: 'usage.read',
    variables: () => ({ range: range(), dimension: 'app' }),
  },
  'Query.usageTagKeys': { needs: 'usage.read', variables: () => ({ range: range() }) },
  'Query.usageChange': {
    needs: 'usage.read',
    variables: ({ provider }) => ({
      ...{ range: range(), previous: range(), groupBy: 'app', filter: { providers: [provider] } },
    }),
  },
  'Query.usageForecast': { needs: 'usage.read', variables: none },
  'Query.usageAnomalies': { needs: 'usage.read', variables: () => ({ range: range() }) },
  'Query.usageRevision': { needs: 'usage.read', variables: none },
  'Query.savedViews': { needs: 'usage.read', variables: none },
  'Query.apiTokens': { needs: 'api_token.read', variables: none },
  'Query.receipt': { needs: 'call.read', names: true, variables: ({ eventId }) => ({ eventId }) },
  'Query.totalReceipt': {
    needs: 'usage.read',
    variables: ({ provider }) => ({ range: range(), filter: { providers: [provider] } }),
  },
  'Query.unpricedModels': { needs: 'usage.read', variables: () => ({ range: range() }) },
  'Query.usageReports': { needs: 'usage.read', variables: none },
  'Query.usageReport': { needs: 'usage.read', names: true, variables: ({ reportId }) => ({ id: reportId }) },
  'Query.notices': { needs: 'usage.read', variables: none },
  'Query.meter': { needs: 'usage.read', variables: none },
  'Query.auditEntries': { needs: 'audit.read', variables: none },

  'Query.restatements': { needs: 'ledger.read', variables: none },
  'Query.restatement': {
    needs: 'ledger.read',
    names: true,
    variables: ({ bookedRestatementId }) => ({ id: bookedRestatementId }),
  },
  'Query.accountingMonths': { needs: 'ledger.read', variables: none },

  'Mutation.setUp': {
    needs: 'public',
    refusedTo: 'everybody',
    variables: ({ invitation }) => ({
      input: { token: invitation, email: 'eve@example.test', displayName: 'Eve', password: PASSWORD },
    }),
  },
  'Mutation.signIn': {
    needs: 'public',
    refusedTo: 'everybody',
    variables: () => ({ input: { email: `${fresh()}@example.test`, password: PASSWORD } }),
  },
  'Mutation.acceptInvitation': {
    needs: 'public',
    variables: ({ invitation }) => ({ input: { token: invitation, password: PASSWORD } }),
  },
  'Mutation.signOut': { needs: 'self', variables: none },
  'Mutation.changePassword': {
    needs: 'self',
    variables: () => ({ input: { currentPassword: PASSWORD, newPassword: `new ${PASSWORD}` } }),
  },
  'Mutation.revokeSession': { needs: 'self', names: true, variables: ({ sessionId }) => ({ id: sessionId }) },
  'Mutation.inviteMember': {
    needs: 'member.write',
    variables: () => ({ input: { email: `${fresh()}@example.test`, displayName: 'New', role: 'viewer' } }),
  },
  'Mutation.updateMemberRole': {
    needs: 'member.write',
    names: true,
    variables: ({ memberId }) => ({ id: memberId, role: 'engineer' }),
  },
  'Mutation.removeMember': { needs: 'member.write', names: true, variables: ({ memberId }) => ({ id: memberId }) },
  'Mutation.createSecret': {
    needs: 'secret.write',
    variables: () => ({ input: { secretId: upper(), value: 'a value that nobody sees' } }),
  },
  'Mutation.rotateSecret': {
    needs: 'secret.write',
    names: true,
    variables: ({ freeSecretId }) => ({ input: { secretId: freeSecretId, value: 'a value that nobody sees' } }),
  },
  'Mutation.deleteSecret': {
    needs: 'secret.write',
    names: true,
    variables: ({ freeSecretId }) => ({ secretId: freeSecretId }),
  },
  'Mutation.createProvider': {
    needs: 'provider.write',
    names: true,
    variables: ({ freeSecretId }) => ({
      input: { name: `p-${fresh()}`, displayName: 'New', type: 'openai', secretId: freeSecretId },
    }),
  },
  'Mutation.updateProvider': {
    needs: 'provider.write',
    names: true,
    variables: ({ provider, revision }) => ({ input: { name: provider, revision, displayName: 'Renamed' } }),
  },
  'Mutation.setProviderEnabled': {
    needs: 'provider.write',
    names: true,
    variables: ({ provider }) => ({ name: provider, enabled: false }),
  },
  'Mutation.setProvidersEnabled': {
    needs: 'provider.write',
    names: true,
    variables: ({ provider }) => ({ names: [provider], enabled: false }),
  },
  'Mutation.deleteProvider': {
    needs: 'provider.write',
    names: true,
    variables: ({ provider }) => ({ name: provider, confirmName: provider }),
  },
  'Mutation.testTurn': {
    needs: 'provider.write',
    names: true,
    variables: ({ conversationId, turnId }) => ({ input: { conversationId, eventId: turnId, body: '{}' } }),
  },
  'Mutation.testConnection': {
    needs: 'provider.write',
    names: true,
    variables: ({ provider }) => ({ input: { provider } }),
  },
  'Mutation.setPriceOverride': {
    needs: 'provider.write',
    names: true,
    variables: ({ provider }) => ({
      input: { provider, model: `m-${fresh()}`, rates: [{ bucket: 'input', usdPerMillion: '1.25' }] },
    }),
  },
  'Mutation.clearPriceOverride': {
    needs: 'provider.write',
    names: true,
    variables: ({ provider }) => ({ provider, model: 'gpt-4o' }),
  },
  'Mutation.setExchangeRate': {
    needs: 'provider.write',
    variables: () => ({ currency: 'EUR', usdPerUnit: '1.0837' }),
  },
  'Mutation.acceptPriceVersion': {
    needs: 'provider.write',
    refusedTo: 'everybody',
    variables: () => ({ id: `none-${fresh()}` }),
  },
  'Mutation.createApp': {
    needs: 'app.write',
    variables: () => ({ input: { name: `app ${fresh()}`, environment: 'staging' } }),
  },
  'Mutation.deleteApp': {
    needs: 'app.write',
    names: true,
    variables: ({ appId, appName }) => ({ id: appId, confirmName: appName }),
  },
  'Mutation.createToken': {
    needs: 'app.write',
    names: true,
    variables: ({ appId, provider }) => ({ input: { appId, name: 'New', allProviders: false, providers: [provider] } }),
  },
  'Mutation.revokeToken': { needs: 'app.write', names: true, variables: ({ tokenId }) => ({ id: tokenId }) },
  'Mutation.exportTranscripts': {
    needs: 'transcript_body.read',
    variables: ({ conversationId }) => ({ input: { form: 'otel', conversationId } }),
  },
  'Mutation.deleteTranscripts': {
    needs: 'transcript.delete',
    variables: ({ conversationId }) => ({ input: { conversationId, reason: 'Asked for' } }),
  },
  'Mutation.previewRestatement': {
    needs: 'ledger.write',
    variables: ({ provider }) => ({ input: { ...range(), reason: 'New prices', filter: { providers: [provider] } } }),
  },
  'Mutation.bookRestatement': {
    needs: 'ledger.write',
    names: true,
    variables: ({ readyRestatementId }) => ({ id: readyRestatementId }),
  },
  'Mutation.cancelRestatement': {
    needs: 'ledger.write',
    names: true,
    variables: ({ readyRestatementId }) => ({ id: readyRestatementId }),
  },
  'Mutation.reverseRestatement': {
    needs: 'ledger.write',
    names: true,
    variables: ({ bookedRestatementId }) => ({ id: bookedRestatementId, reason: 'A mistake' }),
  },
  'Mutation.closeMonth': { needs: 'ledger.write', variables: () => ({ month: openMonth() }) },
  'Mutation.reopenMonth': {
    needs: 'ledger.write',
    names: true,
    variables: ({ closedMonth }) => ({ month: closedMonth, reason: 'A late invoice' }),
  },
  'Mutation.createUsageReport': {
    needs: 'usage.read',
    variables: ({ provider }) => ({
      input: {
        ...{ range: range(), interval: 'day', dimensions: ['provider'], tagKeys: ['team'], timeZone: 'UTC' },
        ...{ format: 'csv', filter: { providers: [provider] } },
      },
    }),
  },
  'Mutation.cancelUsageReport': {
    needs: 'usage.read',
    names: true,
    variables: ({ reportId }) => ({ id: reportId }),
  },
  'Mutation.createSavedView': {
    needs: 'usage.read',
    variables: () => ({ input: { name: `view ${fresh()}`, query: 'groupBy=app', shared: false } }),
  },
  'Mutation.updateSavedView': {
    needs: 'usage.read',
    names: true,
    variables: ({ savedViewId }) => ({
      ...{ id: savedViewId, input: { name: `view ${fresh()}`, query: 'groupBy=app', shared: false } },
    }),
  },
  'Mutation.deleteSavedView': {
    needs: 'usage.read',
    names: true,
    variables: ({ savedViewId }) => ({ id: savedViewId }),
  },
  'Mutation.createApiToken': {
    needs: 'api_token.write',
    variables: () => ({ input: { name: `token ${fresh()}`, expiresInDays: 30 } }),
  },
  'Mutation.revokeApiToken': {
    needs: 'api_token.write',
    names: true,
    variables: ({ apiTokenId }) => ({ id: apiTokenId }),
  },
};
