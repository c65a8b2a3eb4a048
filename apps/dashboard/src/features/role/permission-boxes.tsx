import { permissions } from '@clawster/contract/permission-list';
import type { Permission } from '@clawster/contract/permission';
import { Checkbox } from '../../ui/checkbox.tsx';
import { sayPermissions, verbOf } from '../session/say-permissions.ts';

type PermissionBoxesProps = {
  /** What the one who chooses has: nothing else can be given. */
  own: readonly Permission[];
  held: readonly Permission[];
  error: string | undefined;
  onChange: (held: Permission[]) => void;
};

/** Every permission to choose from, noun by noun. */
export function PermissionBoxes({ own, held, error, onChange }: PermissionBoxesProps) {
  const groups = Map.groupBy(permissions, (permission) => permission.split(':')[0] ?? '');
  return (
    <fieldset className="space-y-2">
      <legend className="text-sm font-medium">It may</legend>
      {error ? (
        <p role="alert" className="text-xs text-bad">
          {error}
        </p>
      ) : null}
      <div className="grid gap-x-6 gap-y-3 sm:grid-cols-2">
        {[...groups].map(([noun, ofNoun]) => (
          <div key={noun} role="group" aria-label={sayPermissions(ofNoun)[0]?.noun}>
            <p className="text-sm text-muted">{sayPermissions(ofNoun)[0]?.noun}</p>
            <div className="mt-1 space-y-1">
              {ofNoun.map((permission) => (
                <Checkbox
                  key={permission}
                  checked={held.includes(permission)}
                  whyNot={own.includes(permission) ? undefined : 'You do not have this yourself'}
                  onChange={(on) => onChange(on ? [...held, permission] : held.filter((other) => other !== permission))}
                >
                  {verbOf(permission)}
                </Checkbox>
              ))}
            </div>
          </div>
        ))}
      </div>
    </fieldset>
  );
}
