import { spanData, type SpanData } from '@clawster/link/span';
import { z } from 'zod';

/** An answer that OpenClaw wrote down and that goes out on a channel. */
export const Delivery = spanData['message-out'].extend({ traceId: z.string(), channel: z.string() });
export type Delivery = z.infer<typeof Delivery>;

const prefix = 'out:';
/** Names of the marks of answers whose going out was not told yet. */
export const isOfDelivery = (key: string) => key.startsWith(prefix);
export const markOfDelivery = ({ id }: Pick<Delivery, 'id'>) => `${prefix}${id}`;

/** The mark that keeps an answer until it is known what became of it. */
export function keepDelivery(data: SpanData<'message-out'>) {
  return { [markOfDelivery(data)]: data };
}
