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

/**
 * The ARN of an event bus of another account or Region
 * (https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html).
 */
export const eventBusArn = text({
  expected:
    'the ARN of an event bus of another account or Region, such as arn:aws:events:eu-west-1:111122223333:event-bus/tidegate',
  pattern:
    /^arn:aws(-[a-z]+)*:events:[a-z]{2}(-[a-z]+)+-\d:\d{12}:event-bus\/[A-Za-z0-9._-]{1,256}$/,
  examples: ['arn:aws:events:eu-west-1:111122223333:event-bus/tidegate'],
});
