import { expect, test } from '@jest/globals';
import FewEndpoints from '#aws/client/few-endpoints.ts';

test('the endpoints of a function are kept until they are cleared, and none are there at first', () => {
  const endpoints = new FewEndpoints<string, readonly string[]>(1_000);
  expect([endpoints.has('table'), endpoints.peek('table')]).toEqual([false, undefined]);

  endpoints.set('table', ['dynamodb.eu-west-1.amazonaws.com']);
  expect(endpoints.has('table')).toBe(true);
  expect(endpoints.get('table')).toEqual(['dynamodb.eu-west-1.amazonaws.com']);
  expect(endpoints.peek('table')).toEqual(['dynamodb.eu-west-1.amazonaws.com']);

  endpoints.clear();
  expect(endpoints.peek('table')).toBeUndefined();
});
