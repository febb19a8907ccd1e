import type { Threshold } from './threshold.ts';

/** Words by which a message of each kind is known. */
const WORDS = {
  scaled: /scaled (?:out|in)/i,
  replaced: /took \d+ unhealthy target/i,
  'a common cause': /common/i,
} as const;

/** People get so many messages about something. */
export const told = ({
  about,
  atLeast,
  atMost,
}: Readonly<{ about: keyof typeof WORDS; atLeast: number; atMost: number }>): Threshold => ({
  claim: `people get ${atLeast === atMost ? atLeast : `${atLeast} to ${atMost}`} message${atMost === 1 ? '' : 's'} about ${about === 'a common cause' ? about : `what was ${about}`}`,
  judge: ({ messages }) => {
    const count = messages.filter(({ body }) => WORDS[about].test(body)).length;
    return {
      passed: count >= atLeast && count <= atMost,
      found: `${count} of ${messages.length} message${messages.length === 1 ? '' : 's'}`,
    };
  },
});
