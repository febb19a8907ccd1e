import type { Story } from '#console/source/story.ts';
import { tellDecision } from '#console/source/tell-decision.ts';
import type { Paint } from '#parse/configuration/describe-problem.ts';

/** Width of the words at the begin of the lines. */
const WORDS = 10;

/** A decision for people: what was seen, what each rule wanted, what bent it, what AWS answered, who was told. */
export const describeStory = (story: Story, paint: Paint): string => {
  const { title, byline, parts } = tellDecision(story);
  return [
    paint.bold(title),
    byline,
    '',
    ...parts.flatMap(({ word, texts }) =>
      texts.map((text, index) => `  ${(index === 0 ? word : '').padEnd(WORDS)}${text}`),
    ),
  ].join('\n');
};
