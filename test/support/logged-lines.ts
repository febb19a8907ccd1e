export type Line = Readonly<Record<string, unknown>>;

/** The lines of JSON that work writes: on Lambda both streams of the process end in the function's log. */
export const loggedLines = async (work: () => unknown): Promise<readonly Line[]> => {
  const texts: string[] = [];
  const keep = (text: unknown): boolean => texts.push(String(text)) > 0;
  const streams = [process.stdout, process.stderr];
  const originals = streams.map(({ write }) => write);
  for (const stream of streams) stream.write = keep as typeof stream.write;
  try {
    await work();
  } finally {
    for (const [index, stream] of streams.entries()) stream.write = originals[index]!;
  }

  return texts
    .join('')
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Line);
};
