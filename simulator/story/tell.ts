import type { Configuration } from '#domain/configuration/configuration.ts';
import { createWriter } from './create-writer.ts';
import { runStory } from './story.ts';

export type Telling = Readonly<{
  configuration: Configuration;
  readEvent: (name: string) => string;
  print: (line: string) => void;
}>;

/** Tells the story of one morning, line by line. */
export const tellStory = async ({ configuration, readEvent, print }: Telling): Promise<void> => {
  print('A morning of a web fleet on a simulated AWS.');
  const writeLines = createWriter();
  const { capacity, messages, deadLetters } = await runStory({
    configuration,
    readEvent,
    tell: (event) => writeLines(event).forEach(print),
  });
  print(`
At the end web-prod has ${capacity} instances. Operators got ${messages} messages on Slack; ${deadLetters} dead letters wait
for somebody to look at them. Every decision was made by the code that runs in Lambda.`);
};
