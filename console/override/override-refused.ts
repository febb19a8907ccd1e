/** An override that cannot be set or ended as it was asked for: why not, and the way out. */
export class OverrideRefused extends Error {
  override readonly name = 'OverrideRefused';
  /** `usage`: the wish is wrong; `overtaken`: somebody else was faster. */
  readonly code: 'usage' | 'overtaken';
  readonly help: string | undefined;

  constructor(code: 'usage' | 'overtaken', message: string, help?: string) {
    super(message);
    this.code = code;
    this.help = help;
  }
}

/** An error to throw about a wish that is wrong. */
export const refused = (message: string, help?: string): OverrideRefused =>
  new OverrideRefused('usage', message, help);
