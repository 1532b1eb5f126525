'use client';
import { useForm } from '@/components/form/use-form';
import { useViewer } from '@/components/frame/viewer';
import { Checkbox } from '@/components/ui/checkbox';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { FormFooter } from '@/components/ui/form-footer';
import { Input } from '@/components/ui/input';
import { toast } from '@/components/ui/toast';
import { useAction } from '@/graphql/use-action';
import { CREATE_SAVED_VIEW, OF_VIEWS, type SavedView, UPDATE_SAVED_VIEW } from './queries';

interface ViewDialogProps {
  /** null = a new one. */
  view: SavedView | null;
  /** What a new one keeps. */
  query: string;
  onClose: () => void;
  onCreated: (view: SavedView) => void;
}

const LONGEST_NAME = 100;
const required = () => ({ name: 'name' });
const validate = ({ name }: { name: string }) => ({
  name: name.trim().length > LONGEST_NAME && `Use at most ${LONGEST_NAME} characters.`,
});

/** Names a view and says who sees it. */
export function ViewDialog({ view, query, onClose, onCreated }: ViewDialogProps) {
  const form = useForm({
    initial: { name: view?.name ?? '', shared: view?.shared ?? false },
    validate,
    required,
  });
  /** A viewer keeps views to themselves. */
  const mayShare = useViewer().role !== 'viewer';
  const create = useAction(CREATE_SAVED_VIEW);
  const update = useAction(UPDATE_SAVED_VIEW);
  const problem = create.problem ?? update.problem;
  const submit = async () => {
    const { shared } = form.values;
    const name = form.values.name.trim();
    if (view) {
      if (!(await update.run({ id: view.id, input: { name, shared, query: view.query } }, OF_VIEWS))) return;
      toast(`The view is called ${name}`);
    } else {
      const answer = await create.run({ input: { name, shared, query } }, OF_VIEWS);
      if (!answer) return;
      toast(`${name} is saved`);
      onCreated(answer.createSavedView);
    }
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="sm"
      title={view ? 'Rename view' : 'Save as new view'}
      description={view ? undefined : 'Keeps the range, filters and grouping on screen under a name.'}
    >
      <form
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          if (form.missing.length === 0 && !create.running && !update.running) void submit();
        }}
      >
        <Field
          label="Name"
          required
          error={form.errorOf('name') ?? problem?.fields.name}
          help="For example “Last month by app”."
        >
          {(control) => <Input {...control} autoFocus {...form.text('name')} />}
        </Field>
        {(mayShare || view?.shared) && (
          <Checkbox
            label="Share in the project"
            description="Everybody who sees this page can apply it; you and admins can change it."
            checked={form.values.shared}
            onChange={(shared) => form.set('shared', shared)}
          />
        )}
        <FormFooter
          submitLabel={view ? 'Save' : 'Save view'}
          missing={form.missing}
          running={create.running || update.running}
          problem={problem?.fields.name ? null : problem}
          onCancel={onClose}
        />
      </form>
    </Dialog>
  );
}
