import type { MiddlewareObj } from '@middy/core';
import { logger } from './telemetry.ts';

/**
 * Marks the log lines of an invocation with its id. The log group names the function, and Lambda's own lines say its memory
 * and a cold start: to repeat them in each line would double what the log costs.
 */
export const markLines = (): MiddlewareObj => ({
  before: ({ context: { awsRequestId } }) => markLinesWith(awsRequestId),
});

/** Marks the lines that follow with the id of an invocation, as `function_request_id`. */
export const markLinesWith = (requestId: string): void => {
  logger.appendKeys({ function_request_id: requestId });
};
