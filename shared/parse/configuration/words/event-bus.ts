import { text } from './text.ts';

/**
 * The name of an event bus
 * (https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateEventBus.html); a bus of a partner, whose name
 * has slashes, takes no events of others.
 */
export const eventBusName = text({
  expected: 'the name of an event bus: up to 256 letters, digits, dots, hyphens and underscores',
  pattern: /^[A-Za-z0-9._-]{1,256}$/,
  examples: ['default', 'operations'],
});
