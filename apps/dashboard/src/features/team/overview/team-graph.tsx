'use client';

import '@xyflow/react/dist/base.css';
import type { TeamMember } from '@clawster/contract/team';
import {
  BaseEdge,
  type Edge as FlowEdge,
  EdgeLabelRenderer,
  type EdgeProps,
  Handle,
  MarkerType,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
} from '@xyflow/react';
import { clsx } from 'clsx';
import { useRouter } from 'next/navigation';
import { useMemo } from 'react';
import { paths } from '../../../lib/paths.ts';
import { Phase } from '../../bot/phase.tsx';
import { type Edge, nodeSize, peopleId, type PlacedEdge, placedEdges, placesOf, sayEdge } from './graph-layout.ts';

type MemberNode = Node<{ member?: TeamMember }, 'member'>;
type ArrowEdge = FlowEdge<PlacedEdge, 'arrow'>;

/** What went from whom to whom, as arrows; what is open moves. For eyes and a pointer: the table says the same. */
export function TeamGraph({ edges, members }: { edges: readonly Edge[]; members: readonly TeamMember[] }) {
  const router = useRouter();
  const drawn = useMemo(() => drawnOf(edges, members), [edges, members]);
  return (
    <>
      <p className="sr-only">A picture of who asked whom. “Show as a table” says the same in words.</p>
      <div aria-hidden className="h-[26rem] text-line-strong" data-graph>
        <ReactFlow
          key={members.length}
          nodes={drawn.nodes}
          edges={drawn.edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          nodeOrigin={[0.5, 0.5]}
          fitView
          fitViewOptions={{ padding: 0.12, maxZoom: 1.1 }}
          minZoom={0.2}
          nodesDraggable={false}
          nodesConnectable={false}
          nodesFocusable={false}
          edgesFocusable={false}
          elementsSelectable={false}
          disableKeyboardA11y
          zoomOnScroll={false}
          preventScrolling={false}
          proOptions={{ hideAttribution: true }}
          onNodeClick={(_, { data }) => (data.member ? router.push(paths.bot(data.member.botId)) : undefined)}
        />
      </div>
      <p className="border-t border-line px-4 py-2 text-xs text-muted">
        {edges.length === 0 ? 'Nobody asked anybody for anything in this time. ' : 'An arrow goes to who was asked. '}
        Moving: something is open. Drawn with React Flow.
      </p>
    </>
  );
}

function drawnOf(edges: readonly Edge[], members: readonly TeamMember[]): { nodes: MemberNode[]; edges: ArrowEdge[] } {
  const places = placesOf(members);
  const nodes = [...places].map(([id, position]): MemberNode => {
    const member = members.find(({ botId }) => botId === id);
    return { id, type: 'member', position, ...nodeSize, data: member ? { member } : {} };
  });
  const arrows = placedEdges(edges, places).map((placed): ArrowEdge => ({
    id: placed.id,
    source: placed.from,
    target: placed.to,
    type: 'arrow',
    data: placed,
    animated: placed.edge.open > 0,
    markerEnd: { type: MarkerType.ArrowClosed, color: colourOf(placed.edge), width: 16, height: 16 },
  }));
  return { nodes, edges: arrows };
}

function colourOf({ open, held, refused, failed, done }: Edge): string {
  if (held > 0) return 'var(--warn)';
  if (open > 0) return 'var(--accent)';
  return done === 0 && refused + failed > 0 ? 'var(--bad)' : 'var(--muted)';
}

function MemberBox({ id, data: { member } }: NodeProps<MemberNode>) {
  return (
    <div
      style={nodeSize}
      className={clsx(
        'flex flex-col justify-center border bg-surface px-3 text-center text-text',
        member?.isLead ? 'border-2 border-accent' : 'border-line-strong',
        id === peopleId ? 'rounded-4xl border-dashed' : 'cursor-pointer rounded-lg',
      )}
    >
      <Handle type="target" position={Position.Top} className="invisible" isConnectable={false} />
      <Handle type="source" position={Position.Bottom} className="invisible" isConnectable={false} />
      {member ? (
        <>
          <span className="truncate text-sm font-medium">
            {member.isLead ? '★ ' : ''}
            {member.botName}
          </span>
          <span className="truncate text-xs text-muted">{member.title || (member.isLead ? 'Lead' : 'Member')}</span>
          <span className="flex justify-center text-xs">
            <Phase phase={member.phase} />
          </span>
        </>
      ) : (
        <span className="text-sm text-muted">People and channels</span>
      )}
    </div>
  );
}

function Arrow({ id, data, markerEnd }: EdgeProps<ArrowEdge>) {
  if (!data) return null;
  return (
    <>
      <BaseEdge
        id={id}
        path={data.path}
        {...(markerEnd ? { markerEnd } : {})}
        style={{ stroke: colourOf(data.edge), strokeWidth: data.edge.open > 0 ? 2 : 1.25 }}
      />
      <EdgeLabelRenderer>
        <span
          className="absolute rounded bg-surface/90 px-1.5 text-xs whitespace-nowrap text-muted tabular-nums"
          style={{ transform: `translate(-50%, -50%) translate(${data.label.x}px, ${data.label.y}px)` }}
        >
          {sayEdge(data.edge)}
        </span>
      </EdgeLabelRenderer>
    </>
  );
}

const nodeTypes = { member: MemberBox };
const edgeTypes = { arrow: Arrow };
