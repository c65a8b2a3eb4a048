'use client';

import type { Configuration } from '@clawster/contract/configuration';
import type { Explained } from '@clawster/contract/layer';
import { ChevronRight, Lock, Search } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { count } from '../../lib/time.ts';
import { Input, Select } from '../../ui/field.tsx';
import { Card } from '../../ui/page.tsx';
import { deciderOf, sayContribution, sayLayer, sayValue } from './say-layer.ts';

/** Every value with the layer that decided it; opened, all that layers said of it. */
export function Effective({ explained }: Pick<Configuration, 'explained'>) {
  const [search, setSearch] = useState('');
  const [layer, setLayer] = useState('');
  const wanted = useDeferredValue(search).trim().toLowerCase();
  const shown = explained.filter((one) => fits(one, wanted) && (layer === '' || isOf(one, layer)));
  const names = [...new Set(explained.flatMap((one) => one.contributions.map((said) => sayLayer(said.layer))))];
  return (
    <Card title="Effective configuration" flush>
      <div role="search" className="flex flex-wrap items-center gap-2 border-b border-line p-3">
        <div className="relative min-w-40 flex-1">
          <Search aria-hidden className="pointer-events-none absolute top-2.5 left-2.5 size-4 text-faint" />
          <Input
            type="search"
            aria-label="Search paths, values and layers"
            placeholder="Path, value or layer"
            className="pl-8"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
        </div>
        <Select
          aria-label="Layer"
          className="w-auto! max-w-full"
          value={layer}
          onChange={(event) => setLayer(event.target.value)}
        >
          <option value="">Of all layers</option>
          {names.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </Select>
        <span className="text-sm text-muted" role="status">
          {count(shown.length, 'value')}
        </span>
      </div>
      {shown.length === 0 ? <p className="p-4 text-sm text-muted">No value fits. Search for less.</p> : null}
      <ul className="divide-y divide-line" aria-label="Values">
        {shown.map((one) => (
          <li key={one.path}>
            <ExplainedRow explained={one} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function ExplainedRow({ explained }: { explained: Explained }) {
  const { path, value, contributions, lockedBy } = explained;
  const decider = deciderOf(explained);
  return (
    <details className="group">
      <summary className="flex cursor-pointer list-none flex-wrap items-center gap-x-3 gap-y-0.5 px-3 py-1.5 hover:bg-hover">
        <ChevronRight aria-hidden className="size-4 shrink-0 transition-transform group-open:rotate-90" />
        <code className="min-w-0 basis-64 font-mono text-xs break-all">{path}</code>
        <span className="min-w-0 flex-1 basis-32 truncate font-mono text-xs text-muted">
          {value === undefined ? 'taken away' : sayValue(value)}
        </span>
        {lockedBy ? <Lock role="img" aria-label="locked" className="size-3.5 shrink-0 text-muted" /> : null}
        {decider ? <LayerBadge name={sayLayer(decider.layer)} isOwn={decider.layer.kind === 'own'} /> : null}
      </summary>
      <div className="space-y-2 border-t border-line bg-ground py-2 pr-3 pl-10 text-sm">
        {value === undefined ? null : (
          <pre tabIndex={0} className="max-h-60 overflow-auto font-mono text-xs break-words whitespace-pre-wrap">
            {typeof value === 'string' ? value : JSON.stringify(value, null, 2)}
          </pre>
        )}
        <ol className="space-y-1" aria-label="What layers said, the lowest first">
          {contributions.map((contribution, at) => {
            const { said, came } = sayContribution(explained, contribution);
            return (
              <li key={at} className="break-words">
                <span className="font-medium">{sayLayer(contribution.layer)}</span> {said}{' '}
                <span className={contribution.does === 'blocked' ? 'text-bad' : 'text-muted'}>({came})</span>
              </li>
            );
          })}
        </ol>
        {lockedBy ? <p className="text-muted">Locked by {sayLayer(lockedBy)}: no layer above changes it.</p> : null}
      </div>
    </details>
  );
}

function LayerBadge({ name, isOwn }: { name: string; isOwn: boolean }) {
  return (
    <span
      className={`max-w-48 shrink-0 truncate rounded-full px-2 py-0.5 text-xs ${isOwn ? 'bg-accent-soft text-accent' : 'bg-hover text-muted'}`}
    >
      {name}
    </span>
  );
}

function fits({ path, value, contributions }: Explained, wanted: string): boolean {
  if (wanted === '') return true;
  const texts = [path, sayValue(value), ...contributions.map(({ layer }) => sayLayer(layer))];
  return texts.some((text) => text.toLowerCase().includes(wanted));
}

function isOf(explained: Explained, layer: string): boolean {
  return explained.contributions.some((one) => sayLayer(one.layer) === layer);
}
