'use client';
import { useViewer } from '@/components/frame/viewer';
import { Facts } from '@/components/ui/section';
import { Segments } from '@/components/ui/segments';
import { usePreferences } from '@/preferences/provider';

const THEME_OPTIONS = [
  { value: 'system', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const;
const DENSITY_OPTIONS = [
  { value: 'comfortable', label: 'Comfortable' },
  { value: 'compact', label: 'Compact' },
] as const;

export function Appearance() {
  const viewer = useViewer();
  const { theme, density, set } = usePreferences();
  return (
    <Facts
      className="items-center gap-y-2"
      facts={[
        { label: 'Name', value: viewer.displayName },
        { label: 'Email', value: viewer.email },
        { label: 'Role', value: viewer.role },
        { label: 'Project', value: viewer.project.displayName },
        {
          label: 'Theme',
          value: (
            <Segments label="Theme" value={theme} onChange={(value) => set('theme', value)} options={THEME_OPTIONS} />
          ),
        },
        {
          label: 'Rows',
          value: (
            <Segments
              label="Rows"
              value={density}
              onChange={(value) => set('density', value)}
              options={DENSITY_OPTIONS}
            />
          ),
        },
      ]}
    />
  );
}
