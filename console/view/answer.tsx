import type { PageAnswer } from '#console/page/data.ts';

/** The answer to the last action, as a screen reader hears it, too. */
export const Answer = ({ answer }: Readonly<{ answer: PageAnswer | undefined }>) => (
  <div role="status">
    {answer !== undefined && (
      <p class={answer.isDone ? 'answer done' : 'answer refused'}>
        {answer.text}
        {answer.help !== undefined && <small>{answer.help}</small>}
      </p>
    )}
  </div>
);
