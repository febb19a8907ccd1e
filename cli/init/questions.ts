import { failure } from '#cli/output/failure.ts';
import type { Questions } from '../terminal.ts';

/** Asks at the terminal; the library is loaded with the first question. */
export const questions: Questions = {
  choose: async (message, options) => {
    const { multiselect, isCancel } = await import('@clack/prompts');
    const answer = await multiselect({
      message,
      options: options.map(({ value, hint }) => ({ value, label: value, hint })),
      initialValues: options.map(({ value }) => value),
      required: true,
    });
    if (isCancel(answer)) throw givenUp();
    return answer;
  },
  text: async (message, initialValue) => {
    const { text, isCancel } = await import('@clack/prompts');
    const answer = await text({ message, initialValue });
    if (isCancel(answer)) throw givenUp();
    return answer;
  },
  confirm: async (message) => {
    const { confirm, isCancel } = await import('@clack/prompts');
    const answer = await confirm({ message });
    if (isCancel(answer)) throw givenUp();
    return answer;
  },
};

const givenUp = () => failure('usage', 'you ended it; nothing was written');
