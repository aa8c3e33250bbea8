/** Which of many scripts will run, and what they use: an inventory of files and folders. @module */
import type { HostDescription, ScriptInventory, ScriptUse } from "../vbscript/mod.ts";

/** Something in a script that will not work. */
export interface ScriptProblem {
  /** From 1; 0 when the file cannot be read. */
  readonly line: number;
  /** From 1; 0 when the file cannot be read. */
  readonly column: number;
  /** What it is, and what was probably meant. */
  readonly message: string;
  /** How often it occurs in the script; the place is that of the first time. */
  readonly uses: number;
}

/** What was found about one script. */
export interface ScriptReport {
  readonly path: string;
  /** What becomes of the script; `runs` is as far as can be told without running it. */
  readonly verdict: "runs" | "unsupported" | "compileError" | "unreadable";
  /** In the order of the text; empty for a script that runs. */
  readonly problems: readonly ScriptProblem[];
  /** Undefined when the file cannot be read. */
  readonly inventory: ScriptInventory | undefined;
}

/** How often something occurs in all scripts. */
export interface Tally {
  /** A ProgID, an interface or a path of members; a member; or a function. */
  readonly name: string;
  readonly uses: number;
  readonly scripts: number;
  /** Undefined where that cannot be told. */
  readonly supported: boolean | undefined;
  /** What exists and has nearly this name. */
  readonly nearest: string | undefined;
}

/** An object with its members; `uses` counts how often scripts create it, and is 0 for what other objects give. */
export interface ObjectTally extends Tally {
  readonly members: readonly Tally[];
}

/** All scripts together. */
export interface CheckSummary {
  readonly scripts: number;
  readonly runs: number;
  readonly unsupported: number;
  readonly compileErrors: number;
  readonly unreadable: number;
  /** What is not supported first, then what is used most. */
  readonly objects: readonly ObjectTally[];
  readonly functions: readonly Tally[];
  /** Objects that are created by a name which the script computes. */
  readonly computedProgIds: number;
  /** Members of objects whose type is not known. */
  readonly unknownMembers: number;
  /** How often Execute, ExecuteGlobal and Eval are used. */
  readonly runsCode: number;
}

/** Options of {@linkcode checkScripts}. */
export interface CheckOptions {
  /** Files, whatever their name, and folders, whose script files are found at any depth. */
  readonly paths: readonly string[];
  /** What scripts would find. */
  readonly host: HostDescription;
  /** What the scripts of a file use, and the procedures that they get from elsewhere. */
  read(
    bytes: Uint8Array,
    path: string,
  ): { readonly parts: readonly ScriptInventory[]; readonly procedures: ReadonlySet<string> };
  /** Told of each script as soon as it was looked at. */
  onScript(report: ScriptReport): void;
}

/**
 * Looks at scripts one after the other, in the order of the paths and of names, and runs none.
 *
 * @throws Deno.errors.NotFound for a path of the options that does not exist.
 */
export function checkScripts(options: CheckOptions): CheckSummary {
  const totals = new Totals();
  for (const path of options.paths) {
    for (const file of scriptsIn(path)) {
      const report = file.problem === undefined
        ? checkScript(file.path, options)
        : unreadable(file.path, file.problem);
      totals.add(report);
      options.onScript(report);
    }
  }
  return totals.summary();
}

/** Files at or below a path; or the folder that cannot be listed, and why. */
function* scriptsIn(path: string): Generator<{ readonly path: string; readonly problem?: unknown }> {
  if (Deno.statSync(path).isDirectory) yield* scriptsBelow(path);
  else yield { path };
}

/** Linked folders are not entered, so that no circle of links is followed. */
function* scriptsBelow(folder: string): Generator<{ readonly path: string; readonly problem?: unknown }> {
  let entries: Deno.DirEntry[];
  try {
    entries = [...Deno.readDirSync(folder)].sort((a, b) => a.name < b.name ? -1 : 1);
  } catch (problem) {
    yield { path: folder, problem };
    return;
  }
  for (const { name, isDirectory, isFile, isSymlink } of entries) {
    const path = `${folder.replace(/[\\/]+$/, "")}/${name}`;
    if (isDirectory) yield* scriptsBelow(path);
    else if (/\.(vbs|vbe|js|jse|wsf|wsc)$/i.test(name) && (isFile || (isSymlink && leadsToFile(path)))) {
      yield { path };
    }
  }
}

function leadsToFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

function checkScript(path: string, { host, read }: CheckOptions): ScriptReport {
  let found: ScriptInventory;
  try {
    found = merged(path, read(Deno.readFileSync(path), path));
  } catch (error) {
    return unreadable(path, error);
  }
  if (found.compileError !== undefined) {
    const { line, column, message, number } = found.compileError;
    const problem = { line, column, message: `${message} (compile error ${number})`, uses: 1 };
    return { path, verdict: "compileError", problems: [problem], inventory: found };
  }
  const problems = problemsOf(found, host);
  return { path, verdict: problems.length === 0 ? "runs" : "unsupported", problems, inventory: found };
}

/** What all texts of a file use; of their compile errors the first. */
function merged(path: string, { parts, procedures }: ReturnType<CheckOptions["read"]>): ScriptInventory {
  const all = <T>(of: (one: ScriptInventory) => readonly T[]): readonly T[] => parts.flatMap(of);
  return {
    path,
    compileError: parts.find(({ compileError }) => compileError !== undefined)?.compileError,
    progIds: all(({ progIds }) => progIds),
    members: all(({ members }) => members),
    functions: all(({ functions }) => functions).filter(({ name }) => !procedures.has(name.toLowerCase())),
    runsCode: all(({ runsCode }) => runsCode),
  };
}

function unreadable(path: string, error: unknown): ScriptReport {
  const message = `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  return {
    path,
    verdict: "unreadable",
    problems: [{ line: 0, column: 0, message, uses: 1 }],
    inventory: undefined,
  };
}

function problemsOf(found: ScriptInventory, host: HostDescription): ScriptProblem[] {
  const problems = new Map<string, { line: number; column: number; message: string; uses: number }>();
  const add = (use: ScriptUse, text: string): void => {
    const message = use.nearest === undefined ? text : `${text}; did you mean "${use.nearest}"?`;
    const known = problems.get(message);
    if (known !== undefined) known.uses++;
    else problems.set(message, { line: use.line, column: use.column, message, uses: 1 });
  };
  for (const use of found.progIds) {
    if (use.supported !== false) continue;
    const name = use.progId === undefined ? "…" : `"${use.progId}"`;
    if (use.via === "New") add(use, `there is no class ${name}`);
    else if (/(CreateObject|ActiveXObject)$/.test(use.via)) {
      add(use, `cannot create ${name}`);
    } else add(use, `${use.via}(${name}) is not supported`);
  }
  for (const use of found.members) {
    // What an object that nobody describes would have to offer is no further problem.
    if (use.supported === false && isDescribed(use.object!, found)) {
      add(use, `${use.object} has no member "${use.member}"`);
    }
  }
  for (const use of found.functions) {
    // GetObject is in the list above already, with what it should get.
    if (use.supported !== false || use.name === "GetObject") continue;
    const isVbscript = host.intrinsic(use.name.toLowerCase()) !== undefined;
    add(use, isVbscript ? `${use.name} is not supported` : `there is no procedure "${use.name}"`);
  }
  return [...problems.values()].sort((a, b) => a.line - b.line || a.column - b.column);
}

/** Whether an object is not one of those that the script does not get in the first place. */
function isDescribed(object: string, { progIds }: ScriptInventory): boolean {
  const lower = object.toLowerCase();
  return !progIds.some(({ progId, supported }) => {
    if (progId === undefined || supported === true) return false;
    return lower === progId.toLowerCase() || lower.startsWith(`${progId.toLowerCase()}.`);
  });
}

interface Count {
  readonly name: string;
  uses: number;
  scripts: number;
  /** The script that was counted last. */
  lastScript: number;
  supported: boolean | undefined;
  nearest: string | undefined;
}

/** Counts without keeping the scripts: what it holds grows with the names that occur, not with the files. */
class Totals {
  readonly #objects = new Map<string, { readonly count: Count; readonly members: Map<string, Count> }>();
  readonly #functions = new Map<string, Count>();
  readonly #verdicts = { runs: 0, unsupported: 0, compileError: 0, unreadable: 0 };
  #scripts = 0;
  #computedProgIds = 0;
  #unknownMembers = 0;
  #runsCode = 0;

  add({ verdict, inventory: found }: ScriptReport): void {
    this.#scripts++;
    this.#verdicts[verdict]++;
    if (found === undefined) return;
    for (const use of found.progIds) {
      if (use.progId === undefined) this.#computedProgIds++;
      else this.#use(this.#object(use.progId).count, use);
    }
    for (const use of found.members) {
      if (use.object === undefined) {
        this.#unknownMembers++;
        continue;
      }
      const { count, members } = this.#object(use.object);
      this.#seen(count);
      this.#use(counted(members, use.member), use);
    }
    for (const use of found.functions) this.#use(counted(this.#functions, use.name), use);
    this.#runsCode += found.runsCode.length;
  }

  summary(): CheckSummary {
    const objects = [...this.#objects.values()].map(({ count, members }): ObjectTally => ({
      ...tallyOf(count),
      // What no script creates comes from another object, and exists if that one does.
      supported: count.uses > 0 ? count.supported : !this.#comesFromUnsupported(count.name),
      members: [...members.values()].map(tallyOf).sort(byImportance),
    }));
    return {
      scripts: this.#scripts,
      runs: this.#verdicts.runs,
      unsupported: this.#verdicts.unsupported,
      compileErrors: this.#verdicts.compileError,
      unreadable: this.#verdicts.unreadable,
      objects: objects.sort(byImportance),
      functions: [...this.#functions.values()].map(tallyOf).sort(byImportance),
      computedProgIds: this.#computedProgIds,
      unknownMembers: this.#unknownMembers,
      runsCode: this.#runsCode,
    };
  }

  /** Whether a path of members begins at an object that is not there. */
  #comesFromUnsupported(path: string): boolean {
    for (let end = path.lastIndexOf("."); end > 0; end = path.lastIndexOf(".", end - 1)) {
      if (this.#objects.get(path.slice(0, end).toLowerCase())?.count.supported === false) return true;
    }
    return false;
  }

  #object(name: string): { readonly count: Count; readonly members: Map<string, Count> } {
    const key = name.toLowerCase();
    let object = this.#objects.get(key);
    if (object === undefined) this.#objects.set(key, object = { count: newCount(name), members: new Map() });
    return object;
  }

  #use(count: Count, use: ScriptUse): void {
    // What works in one script and not in another (a procedure that another file may bring) counts as the worse.
    count.supported = count.uses === 0 || use.supported === false
      ? use.supported
      : count.supported === false
      ? false
      : use.supported === undefined
      ? undefined
      : count.supported;
    count.nearest ??= use.nearest;
    count.uses++;
    this.#seen(count);
  }

  #seen(count: Count): void {
    if (count.lastScript === this.#scripts) return;
    count.lastScript = this.#scripts;
    count.scripts++;
  }
}

function counted(counts: Map<string, Count>, name: string): Count {
  const key = name.toLowerCase();
  let count = counts.get(key);
  if (count === undefined) counts.set(key, count = newCount(name));
  return count;
}

function newCount(name: string): Count {
  return { name, uses: 0, scripts: 0, lastScript: 0, supported: undefined, nearest: undefined };
}

function tallyOf({ name, uses, scripts, supported, nearest }: Count): Tally {
  return { name, uses, scripts, supported, nearest };
}

function byImportance(a: Tally, b: Tally): number {
  return rank(a) - rank(b) || b.scripts - a.scripts || b.uses - a.uses || (a.name < b.name ? -1 : 1);
}

function rank({ supported }: Tally): number {
  return supported === false ? 0 : supported === undefined ? 1 : 2;
}
