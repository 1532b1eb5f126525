import type { Metadata } from 'next';
import { Page } from '@/components/page/page';
import { WhatIsRecorded } from './what-is-recorded';

export const metadata: Metadata = { title: 'Recording' };

export default function WhatIsRecordedPage() {
  return (
    <Page>
      <WhatIsRecorded />
    </Page>
  );
}
