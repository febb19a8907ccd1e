import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { Configuration } from '../../shared/domain/configuration.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import type { TakeNote } from '../../shared/domain/note.ts';
import type { Cloud } from '../cloud.ts';
import type { Random } from '../kernel/random.ts';
import type { Code } from '../services/lambda.ts';

/** What a deployed function stands on. */
export type Deployed = Readonly<{
  cloud: Cloud;
  configuration: Configuration;
  note: TakeNote;
  now: () => Instant;
  random: Random;
}>;

/** The code of a function that a queue feeds. */
export type BatchCode = Code<SQSEvent, SQSBatchResponse>;
