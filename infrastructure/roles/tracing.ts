import type { Configuration } from '#domain/configuration/configuration.ts';
import { allow, type Statement } from './statement.ts';

/**
 * Lets a function send its traces, where the file asks for them. X-Ray knows no resources to bind it to
 * (https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html).
 */
export const leaveTraces = ({ tracing }: Pick<Configuration, 'tracing'>): readonly Statement[] =>
  tracing === undefined
    ? []
    : [
        allow({
          Sid: 'LeaveTraces',
          Action: ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'],
          Resource: '*',
        }),
      ];
