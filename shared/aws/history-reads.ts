import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { readLaunchHistory } from '#aws/auto-scaling/read-launch-history.ts';
import type { ClientOptions } from '#aws/client/client-options.ts';
import { readRanges } from '#aws/cloudwatch/read-ranges.ts';

/** A page of a hundred thousand datapoints takes its time, and no function's time-out is near. */
const patient = (options: ClientOptions) => ({
  ...options,
  maxAttempts: 6,
  requestHandler: { ...options.requestHandler, requestTimeout: 60_000 },
});

/** The calls with which a history is fetched; they only read. */
export const historyReads = (options: ClientOptions) => ({
  readRanges: readRanges(new CloudWatchClient(patient(options))),
  readLaunchHistory: readLaunchHistory(new AutoScalingClient(patient(options))),
});
