import type { Field } from '#domain/notify/message.ts';
import { DEPLOYMENT } from '#simulator/functions/notify.ts';
import { type Checker, unless } from './check-world.ts';

/** Commands that change something, and would change another deployment if it were not named. */
const TOUCHING = /npx tidegate (pause|pin|cap|resume)\b/;
const NAMED = [
  `--service ${DEPLOYMENT.service}`,
  `--stage ${DEPLOYMENT.stage}`,
  `--region ${DEPLOYMENT.region}`,
];

const isNamed = ({ value }: Field): boolean =>
  !TOUCHING.test(value) || NAMED.every((words) => value.includes(words));

export const messagesSayWhere: Checker = {
  id: 'S70',
  promise: 'a message says of which deployment it is, and so does every command in it',
  watch: () => ({
    onEvent: (event) => {
      if (event.kind !== 'received') return [];
      const { message } = event.received;
      const isPlaced =
        JSON.stringify(message.where) === JSON.stringify(DEPLOYMENT) &&
        message.fields.some(({ name }) => name === 'Where');
      const wrong = message.fields.find((field) => !isNamed(field));
      return unless(
        isPlaced && wrong === undefined,
        () => `"${message.title}" does not say where: ${wrong?.value ?? 'it names no deployment'}`,
      );
    },
  }),
};

/** Titles of what needs a person, and is about a group. */
const NEEDS_A_PERSON = /is blocked: somebody|could not be changed: somebody|is at its maximum/;

export const troubleSaysWhatToDo: Checker = {
  id: 'S71',
  promise: 'a message that calls a person says what to do',
  watch: () => ({
    onEvent: (event) => {
      if (event.kind !== 'received') return [];
      const { title, fields } = event.received.message;
      if (!NEEDS_A_PERSON.test(title)) return [];
      return unless(
        fields.some(({ name }) => name === 'What to do'),
        () => `"${title}" does not say what to do`,
      );
    },
  }),
};
