import { TracePage } from '../../../../../features/activity/trace/trace-page.tsx';

export const metadata = { title: 'Trace' };

export default async function Route({ params }: { params: Promise<{ traceId: string }> }) {
  return <TracePage traceId={decodeURIComponent((await params).traceId)} />;
}
