'use client';
import type { Column } from '@/components/data-table/column';
import { DataTable } from '@/components/data-table/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { graphql, type ResultOf } from '@/graphql/graphql';
import { useData } from '@/graphql/use-data';

const ENVIRONMENTS = graphql(`
  query Environments {
    environments {
      id
      name
    }
    apps {
      id
      environment {
        id
      }
    }
  }
`);

type Data = ResultOf<typeof ENVIRONMENTS>;
interface Row {
  readonly id: string;
  readonly name: string;
  readonly apps: number;
}

const columns: readonly Column<Row>[] = [
  { id: 'name', header: 'Environment', hideable: false, sortValue: (row) => row.name, cell: (row) => row.name },
  { id: 'apps', header: 'Apps', numeric: true, width: '96px', sortValue: (row) => row.apps, cell: (row) => row.apps },
];

function rowsOf(data: Data | undefined): Row[] | undefined {
  return data?.environments.map(({ id, name }) => ({
    id,
    name,
    apps: data.apps.filter((app) => app.environment.id === id).length,
  }));
}

export function Environments() {
  const { data, problem, refetch } = useData(ENVIRONMENTS, {});
  return (
    <div className="max-w-[720px]">
      <p className="mb-3 text-ink-2">
        Stages of the project. An app belongs to one of them; a provider can be active in all or in some.
      </p>
      <DataTable
        label="Environments"
        name="environments"
        columns={columns}
        rows={rowsOf(data)}
        rowKey={(row) => row.id}
        problem={problem}
        onRetry={refetch}
        fixedColumns
        skeletonRows={3}
        empty={<EmptyState title="No environment">A fresh project has production, staging and development.</EmptyState>}
      />
    </div>
  );
}
