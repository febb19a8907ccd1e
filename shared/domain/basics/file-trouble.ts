/** Describes why a file cannot be read or written: Node's error codes mean nothing to people. */
export const describeFileTrouble = (error: unknown): string => {
  const hasCode = typeof error === 'object' && error !== null && 'code' in error;
  const code = hasCode ? String(error.code) : '';
  return TROUBLES.get(code) ?? String(error);
};

const TROUBLES: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'there is no such file'],
  ['EISDIR', 'it is a directory'],
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['EEXIST', 'it is a file, not a directory'],
  ['ENOTDIR', 'a part of the path is a file, not a directory'],
  ['EROFS', 'the file system is read-only'],
  ['ENOSPC', 'the disk is full'],
  ['EAGAIN', 'nothing is piped into it'],
]);
