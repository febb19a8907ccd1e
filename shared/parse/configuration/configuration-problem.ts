import type { FaultCode } from './fault.ts';

/** One mistake in `tidegate.yml`, with everything that a person needs to fix it. */
export type ConfigurationProblem = Readonly<{
  file: string;
  /** Both from 1; columns count UTF-16 units, as editors do. */
  line: number;
  column: number;
  /** `groups.web.rules.cpu-high.when`; empty for the file as a whole. */
  path: string;
  code: FaultCode;
  /** The mistake that was found. */
  message: string;
  expected?: string;
  suggestion?: string;
  /** The line with its predecessor, numbered, and a mark below the mistake. */
  frame: string;
}>;
