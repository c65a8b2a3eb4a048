import Link from 'next/link';
import type { ComponentProps, ReactNode } from 'react';
import { buttonLook, type Look } from './button-look.ts';

export function ButtonLink({
  look,
  icon,
  className,
  children,
  ...rest
}: ComponentProps<typeof Link> & { look?: Look; icon?: ReactNode }) {
  return (
    <Link {...rest} className={buttonLook(look, className)}>
      {icon}
      {children}
    </Link>
  );
}
