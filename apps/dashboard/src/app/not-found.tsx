import { paths } from '../lib/paths.ts';
import { buttonLook } from '../ui/button-look.ts';
import { Empty } from '../ui/empty.tsx';

export default function NotFound() {
  return (
    <main className="pt-[15vh]">
      <h1 className="sr-only">Not found</h1>
      <Empty
        title="There is no such page"
        action={
          <a className={buttonLook('primary')} href={paths.home}>
            Go home
          </a>
        }
      >
        The link may be old, or the address mistyped.
      </Empty>
    </main>
  );
}
