'use client';
import NextLink from 'next/link';
import { type ComponentProps, useState } from 'react';

/**
 * What it leads to is loaded ahead once it is pointed at or focused. Loading ahead whatever is in view would take the
 * browser's few connections from the figures of the page.
 */
export function Link({ onPointerEnter, onFocus, ...props }: ComponentProps<typeof NextLink>) {
  const [wanted, setWanted] = useState(false);
  return (
    <NextLink
      {...props}
      prefetch={wanted ? null : false}
      onPointerEnter={(event) => {
        setWanted(true);
        onPointerEnter?.(event);
      }}
      onFocus={(event) => {
        setWanted(true);
        onFocus?.(event);
      }}
    />
  );
}
