import {
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { EventSourceMapping } from './deployed-functions.ts';
import type { Invocation, LambdaFunction } from './lambda.ts';
import { failedMessages } from './partial-batch.ts';
import { recordOf } from './sqs-record.ts';

/** One batch that was handed to a function. */
export type Batch = Readonly<{
  bodies: readonly string[];
  failed: number;
  invocation: Invocation;
  at: number;
}>;

export type Poller = Readonly<{
  /** Every batch that has ended, in order. */
  batches: readonly Batch[];
  /** Receives nothing until it is resumed, so that messages come together in one batch. */
  pause: () => Promise<void>;
  resume: () => void;
  /** Runs at most so many environments from now on: the emulator has one core, and a call that waits too long is lost. */
  limit: (environments: number) => void;
  stop: () => Promise<void>;
}>;

type Source = Readonly<{ sqs: SQSClient; mapping: EventSourceMapping; lambda: LambdaFunction }>;

/** Polls a queue and invokes its function as the deployed event source mapping says. */
export const startPoller = (source: Source): Poller => {
  let mostAtOnce = source.mapping.maximumConcurrency;
  const batches: Batch[] = [];
  const running = new Set<Promise<void>>();
  const receiving = new AbortController();
  let isPaused = false;

  const loop = async (): Promise<void> => {
    while (!isPaused) {
      if (running.size >= mostAtOnce) await Promise.race(running);
      const messages = await receive(source, receiving.signal);
      if (messages.length === 0) continue;
      const work: Promise<void> = deliver(source, messages)
        .then((batch) => void batches.push(batch))
        .finally(() => running.delete(work));
      running.add(work);
    }
  };
  let looping = loop();
  // A poll that is broken off goes on in the emulator, and would take messages that nobody sees.
  const pause = async (): Promise<void> => {
    isPaused = true;
    await looping;
  };

  return {
    batches,
    pause,
    resume: () => {
      isPaused = false;
      looping = loop();
    },
    limit: (environments) => {
      mostAtOnce = environments;
    },
    stop: async () => {
      receiving.abort();
      await pause();
      source.lambda.crash();
      await Promise.allSettled(running);
    },
  };
};

/** The name stands in for the URL: this client asks the emulator at its own address. */
const urlOf = ({ queueArn }: EventSourceMapping): string => {
  const [, , , region, account, name] = queueArn.split(':');
  return `https://sqs.${region}.amazonaws.com/${account}/${name}`;
};

const receive = async (
  { sqs, mapping }: Source,
  abortSignal: AbortSignal,
): Promise<readonly Message[]> => {
  const command = new ReceiveMessageCommand({
    QueueUrl: urlOf(mapping),
    MaxNumberOfMessages: mapping.batchSize,
    WaitTimeSeconds: 1,
    MessageSystemAttributeNames: ['All'],
    MessageAttributeNames: ['All'],
  });
  try {
    return (await sqs.send(command, { abortSignal })).Messages ?? [];
  } catch (thrown) {
    if (abortSignal.aborted) return [];
    throw thrown;
  }
};

const deliver = async (
  { sqs, mapping, lambda }: Source,
  messages: readonly Message[],
): Promise<Batch> => {
  const at = Date.now();
  const Records = messages.map((message) => recordOf(message, mapping.queueArn));
  const invocation = await lambda.invoke({ Records });
  const ids = Records.map(({ messageId }) => messageId);
  const failed = failedMessages(ids, invocation, mapping.reportsFailures);

  const done = Records.filter(({ messageId }) => !failed.includes(messageId));
  if (done.length > 0) {
    const Entries = done.map(({ messageId, receiptHandle }) => ({
      Id: messageId,
      ReceiptHandle: receiptHandle,
    }));
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: urlOf(mapping), Entries }));
  }
  return { bodies: Records.map(({ body }) => body), failed: failed.length, invocation, at };
};
