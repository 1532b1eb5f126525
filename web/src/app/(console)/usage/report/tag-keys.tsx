'use client';
import { Checkbox } from '@/components/ui/checkbox';
import { useData } from '@/graphql/use-data';
import { REPORT_TAG_KEYS, type ReportInput } from './queries';

interface TagKeysProps {
  range: ReportInput['range'];
  filter: ReportInput['filter'];
  chosen: readonly string[];
  onChange: (chosen: readonly string[]) => void;
}

/** Tag keys that calls of the range carry; none shows nothing. */
export function TagKeys({ range, filter, chosen, onChange }: TagKeysProps) {
  const { data, problem } = useData(REPORT_TAG_KEYS, { range, filter });
  const keys = [...new Set([...chosen, ...(data?.usageTagKeys ?? [])])];
  if (problem && !data)
    return <p className="mt-3 text-table text-amber">Tag keys could not be read: {problem.message}</p>;
  if (keys.length === 0) return null;
  return (
    <div className="mt-3">
      <div className="mb-1.5 text-table text-ink-3">Tags</div>
      <div className="grid max-h-36 grid-cols-2 gap-x-4 gap-y-1.5 overflow-y-auto sm:grid-cols-4">
        {keys.map((key) => (
          <Checkbox
            key={key}
            label={<span className="block truncate font-mono text-table leading-5">{key}</span>}
            checked={chosen.includes(key)}
            onChange={(isChosen) => onChange(isChosen ? [...chosen, key] : chosen.filter((other) => other !== key))}
          />
        ))}
      </div>
    </div>
  );
}
