import { Option } from '@commander-js/extra-typings';

/** The ways in which a command that judges a file may answer. */
export const FORMATS = ['text', 'json', 'github'] as const;
export type Format = (typeof FORMATS)[number];

/** The option that chooses between them; `--json` is short for one of them. */
export const formatOption = () =>
  new Option(
    '--format <how>',
    'text, json (the same as --json), or github: annotations on lines of the file as well',
  ).choices(FORMATS);
