import { ConnectorModel } from '@clawster/contract/model';
import { expect, test } from 'vitest';
import { knownModels, suggestedModel } from './prices.ts';

test('every suggestion is one that could be saved, and says of which day its price is', () => {
  for (const provider of ['openai', 'anthropic', 'google'] as const)
    for (const id of knownModels(provider)) {
      const model = suggestedModel(provider, id);
      expect(ConnectorModel.parse(model)).toEqual(model);
      expect(model.price?.asOf).toMatch(/^2026-/);
    }
});

test('a model that is not known has no price: unknown is never free', () => {
  expect(suggestedModel('openai', 'something-else')).toEqual({ id: 'something-else', inputs: ['text'] });
  expect(suggestedModel('openai-compatible', 'gpt-6-sol').price).toBeUndefined();
});
