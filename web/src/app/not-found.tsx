import { Wordmark } from '@/components/frame/mark';
import { ButtonLink } from '@/components/ui/button';

export default function NotFound() {
  return (
    <main className="mx-auto max-w-[640px] px-5 pt-[14vh]">
      <Wordmark />
      <h1 className="mt-8 text-title font-semibold">There is no such page</h1>
      <p className="mt-1 mb-5 text-ink-2">The address may be mistyped, or what it showed was deleted.</p>
      <ButtonLink href="/">Go home</ButtonLink>
    </main>
  );
}
