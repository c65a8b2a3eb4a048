import { api } from '@clawster/contract/api';
import { Controller } from '@nestjs/common';
import { expect, test } from 'vitest';
import { controllers } from '../app.module.ts';
import { checkRoutes } from './check-routes.ts';
import { Handle } from './handle.ts';

test('each route of the contract has exactly one handler', () => expect(() => checkRoutes(controllers)).not.toThrow());

test('a route without a handler is named', () =>
  expect(() => checkRoutes(controllers.slice(1))).toThrow('system.status has no handler'));

test('a route with two handlers is named, with both', () => {
  @Controller()
  class Second {
    @Handle(api.system.status)
    async again() {
      return { product: 'clawster' as const, version: '', setup: 'done' as const, mode: 'normal' as const };
    }
  }
  expect(() => checkRoutes([...controllers, Second])).toThrow(
    'system.status has several handlers: SystemController.status, Second.again',
  );
});
