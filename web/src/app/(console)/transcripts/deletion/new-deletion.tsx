'use client';
import { useRouter } from 'next/navigation';
import { parseAsString, useQueryState } from 'nuqs';
import { useState } from 'react';
import { useCan } from '@/components/frame/viewer';
import { PageHeader } from '@/components/page/page-header';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { EmptyState } from '@/components/ui/empty-state';
import { Field } from '@/components/ui/field';
import { FormFooter } from '@/components/ui/form-footer';
import { Textarea } from '@/components/ui/input';
import { plural } from '@/format';
import { useAction } from '@/graphql/use-action';
import { useData } from '@/graphql/use-data';
import { PreviewLine } from './preview-line';
import { DELETE_TRANSCRIPTS, DELETION_PREVIEW } from './queries';
import { type Draft, scopeInput } from './scope';
import { ScopeFields } from './scope-fields';

const CRUMBS = [
  { label: 'Transcripts', href: '/transcripts' },
  { label: 'Deletions', href: '/transcripts/deletions' },
];

/** Chooses what goes, shows how much that is, and asks for its number before it goes. */
export function NewDeletion() {
  const mayDelete = useCan('transcript.delete');
  return (
    <>
      <PageHeader
        title="Delete recorded calls"
        crumbs={CRUMBS}
        description="Requests and answers that were kept, in every store. Usage and cost stay."
      />
      {mayDelete ? (
        <DeletionForm />
      ) : (
        <EmptyState title="Only admins delete">Your role does not allow this. Ask an admin of this project.</EmptyState>
      )}
    </>
  );
}

function DeletionForm() {
  const router = useRouter();
  const [conversation] = useQueryState('conversation', parseAsString.withDefault(''));
  const [draft, setDraft] = useState<Draft>({ conversation, app: '', user: '', provider: '', from: null, to: null });
  const [reason, setReason] = useState('');
  const [isAsking, setAsking] = useState(false);
  const remove = useAction(DELETE_TRANSCRIPTS);
  const scope = scopeInput(draft);
  const preview = useData(DELETION_PREVIEW, { scope: scope ?? {} }, { pause: scope === null });
  const found = scope === null || preview.stale ? undefined : preview.data?.transcriptDeletionPreview;
  const missing = [
    ...(scope === null ? ['what to delete'] : []),
    ...(reason.trim() === '' ? ['a reason'] : []),
    ...(scope !== null && found === undefined ? ['the count'] : []),
  ];
  const run = async () => {
    if (scope === null) return;
    const answer = await remove.run(
      { input: { ...scope, reason: reason.trim() } },
      { additionalTypenames: ['TranscriptDeletion', 'Conversation', 'Turn'] },
    );
    if (answer) router.push(`/transcripts/deletions/${answer.deleteTranscripts.id}`);
  };
  const turns = found?.turns ?? 0;
  return (
    <>
      <form
        className="flex flex-col gap-6"
        onSubmit={(event) => {
          event.preventDefault();
          if (missing.length === 0) setAsking(true);
        }}
      >
        <ScopeFields draft={draft} onChange={(change) => setDraft({ ...draft, ...change })} />
        <PreviewLine isChosen={scope !== null} found={found} problem={scope === null ? null : preview.problem} />
        <Field label="Reason" required help="Kept with the receipt and in the audit log, for good.">
          {(control) => (
            <Textarea
              {...control}
              rows={3}
              maxLength={1_000}
              value={reason}
              placeholder="For example: request for erasure of 20 November"
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
        <FormFooter submitLabel="Delete…" missing={missing} />
      </form>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={(open) => {
          if (open) return;
          remove.reset();
          setAsking(false);
        }}
        title={`Delete ${plural(turns, 'turn')}?`}
        consequences={
          <ul className="flex list-disc flex-col gap-1 pl-4">
            <li>
              What was said in {plural(turns, 'turn')} of {plural(found?.conversations ?? 0, 'conversation')} is removed
              from every store, and from the disks.
            </li>
            <li>Calls of this kind that are still on their way are refused when they arrive.</li>
            <li>Their usage and cost stay. Calls that begin from now on are recorded as before.</li>
            <li>This cannot be undone.</li>
          </ul>
        }
        confirmName={`delete ${turns}`}
        actionLabel="Delete"
        onConfirm={() => void run()}
        running={remove.running}
        problem={remove.problem}
      />
    </>
  );
}
