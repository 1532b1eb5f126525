import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import type { ProfileFix } from './choices';

const SHOWN = 3;

interface ProfileFixesProps {
  fixes: readonly ProfileFix[];
  onReplace: (id: string, by: string) => void;
}

/** Bare ids AWS refuses on demand, each with the profiles that work in its place. */
export function ProfileFixes({ fixes, onReplace }: ProfileFixesProps) {
  if (fixes.length === 0) return null;
  return (
    <Banner tone="attention" title="AWS refuses these ids without an inference profile">
      <ul className="mt-1 flex flex-col gap-2">
        {fixes.map(({ id, profiles }) => (
          <li key={id} className="flex flex-wrap items-center gap-2">
            <span className="font-mono text-caption break-all">{id}</span>
            {profiles.slice(0, SHOWN).map((profile) => (
              <Button key={profile} size="sm" onClick={() => onReplace(id, profile)}>
                Use <span className="font-mono text-caption">{profile}</span>
              </Button>
            ))}
          </li>
        ))}
      </ul>
    </Banner>
  );
}
