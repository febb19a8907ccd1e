import type { ASTNode } from '@marcbachmann/cel-js';
import type { Complaint } from '../fault.ts';

/** Something that the language has and capacities have no use for, or a wrong type. */
export class Unfit extends Error {
  readonly complaint: Complaint;

  constructor({ start, end }: ASTNode, complaint: Omit<Complaint, 'code' | 'span'>) {
    super(complaint.message);
    this.complaint = { code: 'bad-value', ...complaint, span: { start, length: end - start } };
  }
}
