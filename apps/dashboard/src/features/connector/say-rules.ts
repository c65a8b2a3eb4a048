import type { Connector } from '@clawster/contract/connector';
import type { ConnectorModel } from '@clawster/contract/model';

const number = new Intl.NumberFormat('en');

/** A model with its price, as one reads a price list. */
export function sayModel({ id, price }: ConnectorModel): string {
  if (!price) return `${id}, no price entered`;
  return `${id}, $${price.input} in and $${price.output} out for a million tokens`;
}

/** How much a bot may ask of a provider, and who stands in; empty when there is no limit and nobody. */
export function sayLimits(connector: Connector): string {
  const { budget, requestsPerMinute, tokensPerMinute, fallbacks } = connector;
  return [
    ...(budget ? [`each bot may spend $${number.format(budget.usd)} a ${budget.period}`] : []),
    ...(requestsPerMinute ? [`${number.format(requestsPerMinute)} calls a minute`] : []),
    ...(tokensPerMinute ? [`${number.format(tokensPerMinute)} tokens a minute`] : []),
    ...(fallbacks.length > 0 ? [`${fallbacks.map(({ model }) => model).join(', then ')} stands in`] : []),
  ]
    .map((part, index) => (index === 0 ? part.charAt(0).toUpperCase() + part.slice(1) : part))
    .join(' · ');
}
