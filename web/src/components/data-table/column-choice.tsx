'use client';
import { Columns3 } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { IconButton } from '@/components/ui/icon-button';
import { Popover } from '@/components/ui/popover';
import { Segments } from '@/components/ui/segments';
import type { Density } from '@/preferences/preferences';
import { usePreferences } from '@/preferences/provider';
import type { Column } from './column';
import type { useColumnChoice } from './use-column-choice';

interface ColumnChoiceProps<Row> {
  columns: readonly Column<Row>[];
  choice: ReturnType<typeof useColumnChoice<Row>>;
}

const DENSITY_OPTIONS: readonly { value: Density; label: string }[] = [
  { value: 'comfortable', label: 'Comfortable' },
  { value: 'compact', label: 'Compact' },
];

export function ColumnChoice<Row>({ columns, choice }: ColumnChoiceProps<Row>) {
  const { density, set } = usePreferences();
  return (
    <Popover
      align="end"
      label="Columns and density"
      trigger={<IconButton label="Columns and density" icon={<Columns3 aria-hidden />} />}
    >
      <div className="mb-2 text-caption font-medium text-ink-3">Columns</div>
      <div className="flex flex-col gap-1.5">
        {columns
          .filter((column) => column.hideable !== false)
          .map((column) => (
            <Checkbox
              key={column.id}
              label={column.header}
              checked={choice.visibility[column.id] !== false}
              onChange={(shown) => choice.show(column.id, shown)}
            />
          ))}
      </div>
      <Button size="sm" variant="ghost" className="-ml-2.5 mt-1" onClick={choice.reset}>
        Reset columns
      </Button>
      <div className="mt-2 mb-2 border-t border-line pt-3 text-caption font-medium text-ink-3">Density</div>
      <Segments label="Density" value={density} onChange={(value) => set('density', value)} options={DENSITY_OPTIONS} />
    </Popover>
  );
}
