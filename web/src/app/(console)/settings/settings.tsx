'use client';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useCan } from '@/components/frame/viewer';
import { Page } from '@/components/page/page';
import { PageHeader } from '@/components/page/page-header';
import { Tabs } from '@/components/ui/tabs';
import { ApiTokens } from './api-tokens/api-tokens';
import { Appearance } from './appearance';
import { Environments } from './environments';
import { Members } from './members/members';
import { Password } from './password';
import { Sessions } from './sessions/sessions';

const TABS = ['account', 'members', 'environments', 'api-tokens'] as const;

export function Settings() {
  const [tab, setTab] = useQueryState(
    'tab',
    parseAsStringLiteral(TABS).withDefault('account').withOptions({ history: 'push' }),
  );
  const canSeeMembers = useCan('member.read');
  const canSeeApiTokens = useCan('api_token.read');
  const tabs = [
    { value: 'account' as const, label: 'Your account', content: <Account /> },
    ...(canSeeMembers ? [{ value: 'members' as const, label: 'Members', content: <Members /> }] : []),
    { value: 'environments' as const, label: 'Environments', content: <Environments /> },
    ...(canSeeApiTokens ? [{ value: 'api-tokens' as const, label: 'API tokens', content: <ApiTokens /> }] : []),
  ];
  const shown = tabs.some(({ value }) => value === tab) ? tab : 'account';
  return (
    <Page>
      <PageHeader
        title="Settings"
        description="Your account, the people of this project, its environments and API tokens."
      />
      <Tabs label="Settings" value={shown} onChange={(value) => void setTab(value)} tabs={tabs} />
    </Page>
  );
}

function Account() {
  return (
    <div className="flex flex-col gap-8">
      <Appearance />
      <Password />
      <Sessions />
    </div>
  );
}
