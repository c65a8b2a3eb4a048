import { type ComponentType, lazy, type ReactNode, Suspense } from 'react';

/** A part whose code is fetched when it is first shown; until then stands what has its place, or nothing. */
export function lazily<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  waiting: ReactNode = null,
): ComponentType<Props> {
  const Part = lazy(() => load().then((part) => ({ default: part })));
  return function Lazily(props: Props) {
    return (
      <Suspense fallback={waiting}>
        <Part {...props} />
      </Suspense>
    );
  };
}
