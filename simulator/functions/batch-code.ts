import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { Code } from '#simulator/services/runtime.ts';

/** The code of a function that a queue feeds. */
export type BatchCode = Code<SQSEvent, SQSBatchResponse>;
