'use client';
import { type RefObject, useEffect } from 'react';
import type { Problem } from '@/graphql/problem';

/** Puts a refusal's complaints on their fields and brings the first of them into view. */
export function useRefusal(
  form: RefObject<HTMLFormElement | null>,
  problem: Problem | null,
  refuse: (problem: Problem) => void,
): void {
  useEffect(() => {
    if (!problem || Object.keys(problem.fields).length === 0) return;
    refuse(problem);
    // The complaint is in the document only after the form has rendered again.
    const frame = requestAnimationFrame(() =>
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(),
    );
    return () => cancelAnimationFrame(frame);
  }, [form, problem, refuse]);
}
