import type { Serverless } from './serverless.ts';

/** An error that the Serverless Framework shows without a stack trace: the mistake is a person's. */
export const mistake = ({ classes }: Serverless, code: string, message: string): Error =>
  new classes.Error(message, `TIDEGATE_${code}`);
