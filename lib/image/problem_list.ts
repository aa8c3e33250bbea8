/** What is wrong with an image, in bounded memory: a damaged one may have a problem for every few bytes. @module */

const PROBLEMS_MAX = 1000;

/** A list of problems that stops growing. */
export class ProblemList {
  /** The problems; the last one of a full list says that there are more. */
  readonly list: string[] = [];

  /** Adds one. */
  push(problem: string): void {
    if (this.list.length < PROBLEMS_MAX) this.list.push(problem);
    else if (this.list.length === PROBLEMS_MAX) this.list.push("and more problems than can be listed");
  }

  /** How many there are. */
  get length(): number {
    return this.list.length;
  }
}
