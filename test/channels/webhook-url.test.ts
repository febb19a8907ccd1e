import { expect, test } from '@jest/globals';
import { webhookUrl } from '#channels/webhook-url.ts';

const SLACK = ['https://hooks.slack.com', 'https://hooks.slack-gov.com'];

test.each([
  ['https://hooks.slack.com/services/T/B/x', SLACK],
  ['https://hooks.slack-gov.com/services/T/B/x', SLACK],
  [' https://hooks.slack.com/triggers/E/1/x\n', SLACK],
  ['https://hooks.slack.com:443/services/T/B/x', SLACK],
  ['http://127.0.0.1:8080/services/x', ['http://127.0.0.1:8080']],
  ['http://localhost:8080/services/x', ['http://localhost:8080']],
  ['http://[::1]:8080/services/x', ['http://[::1]:8080']],
  ['https://proxy.example.com/slack', ['https://proxy.example.com']],
  [
    'https://prod-12.westeurope.logic.azure.com:443/workflows/x?sig=y',
    ['https://*.logic.azure.com'],
  ],
])('%j may be called', (text, origins) => {
  expect(webhookUrl(text, origins)?.href).toBe(new URL(text.trim()).href);
});

test.each([
  ['', 'nothing'],
  ['hooks.slack.com/services/T/B/x', 'no scheme'],
  ['http://hooks.slack.com/services/T/B/x', 'not encrypted'],
  ['https://hooks.slack.com:8443/services/T/B/x', 'another port'],
  ['https://hooks.slack.com.evil.example/services/T/B/x', 'another host'],
  ['https://evil.example/?https://hooks.slack.com', 'another host'],
  ['https://hooks.slack.com@evil.example/services', 'a user name'],
  ['https://user@hooks.slack.com/services/T/B/x', 'a user name'],
  ['https://:secret@hooks.slack.com/services/T/B/x', 'a password'],
  ['http://127.0.0.1:9001/2018-06-01/runtime', 'an origin that is not allowed'],
  ['file:///etc/passwd', 'a file'],
])('%j may not: %s', (text) => {
  expect(webhookUrl(text, SLACK)).toBeUndefined();
});

test('an origin that is allowed but not encrypted may not be called', () => {
  expect(webhookUrl('http://proxy.example.com/x', ['http://proxy.example.com'])).toBeUndefined();
});

test.each([
  'https://logic.azure.com/workflows/x',
  'https://evil-logic.azure.com/workflows/x',
  'https://x.logic.azure.com.evil.example/workflows/x',
  'https://x.logic.azure.com:8443/workflows/x',
  'http://x.logic.azure.com/workflows/x',
])('%s is no host of https://*.logic.azure.com', (text) => {
  expect(webhookUrl(text, ['https://*.logic.azure.com'])).toBeUndefined();
});
