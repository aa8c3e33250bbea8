/** Runs script files of several parts, and what their jobs declare. @module */
import { scriptError } from "../automation/errors.ts";
import type { ProgIdTable } from "../automation/progids.ts";
import { toStringValue } from "../automation/coerce.ts";
import type { AutomationObject, Variant } from "../automation/variant.ts";
import type { VbsEngine } from "../vbscript/engine.ts";
import { progIdOfClass } from "./class_ids.ts";
import type { JScriptHost } from "./jscript/host.ts";
import { ProgramError, type ScriptPart, type ScriptProgram } from "./script_program.ts";
import { constantsOf } from "./type_library_constants.ts";
import type { WsfJob, WsfObject } from "./wsf.ts";

/** What a job, or a component, runs in. */
export interface JobHost {
  readonly engine: VbsEngine;
  /** Undefined when no part is JScript. */
  readonly jscript: JScriptHost | undefined;
  readonly progIds: ProgIdTable;
  /** Calls procedures named prefix and event when an object fires events. */
  connect(object: AutomationObject, prefix: string): void;
  /** The script file. */
  readonly path: string;
}

/**
 * Runs the parts of a program, in order and in one global scope for each language.
 *
 * Functions that one language has declared are functions of the other from the next part on; variables are not shared.
 */
export function runJob({ parts, job }: ScriptParts, host: JobHost): void {
  const { engine, jscript } = host;
  if (job !== undefined) declare(job, host);
  for (const part of parts) {
    if (part.language === "jscript") {
      jscript!.run(part);
      for (const [name, call] of Object.entries(jscript!.functions())) engine.addFunction(name, call);
    } else {
      engine.run(part.source, { path: part.path });
      if (jscript !== undefined) shareProcedures(part, engine, jscript);
    }
  }
}

const PROCEDURE =
  /^[ \t]*(?:public[ \t]+|private[ \t]+)?(?:default[ \t]+)?(?:sub|function)[ \t]+([a-z]\w*)/gim;

function shareProcedures({ source }: ScriptPart, engine: VbsEngine, jscript: JScriptHost): void {
  for (const [, name] of source.matchAll(PROCEDURE)) {
    if (engine.hasProcedure(name!)) jscript.addFunction(name!, (...args) => engine.call(name!, args));
  }
}

/** Scripts, and what stands before them. */
export interface ScriptParts {
  readonly parts: ScriptProgram["parts"];
  /** Undefined for what is one script alone. */
  readonly job: Pick<WsfJob, "references" | "resources" | "objects"> | undefined;
}

/** Makes what stands in a job before its scripts: references, resources and objects. */
function declare(job: NonNullable<ScriptParts["job"]>, host: JobHost): void {
  const { engine, jscript, path } = host;
  for (const { name, line } of job.references) {
    const constants = constantsOf(name);
    if (constants === undefined) {
      throw failure(
        path,
        line,
        `the type library "${name}" is not known; declare its constants in the script`,
      );
    }
    // A script may declare the same names again, as it may with those of a type library.
    engine.run(Object.entries(constants).map(([key, value]) => `Const ${key} = ${value}`).join("\n"));
    jscript?.addConstants(constants);
  }
  const getResource = (...[id]: Variant[]): Variant => {
    const name = toStringValue(id);
    const text = job.resources.get(name);
    if (text === undefined) throw scriptError("invalidCall", `there is no resource "${name}"`);
    return text;
  };
  engine.addFunction("getResource", getResource);
  jscript?.addFunction("getResource", getResource);
  for (const declared of job.objects) {
    const object = createObject(declared, host);
    engine.addObject(declared.id, object);
    jscript?.addObject(declared.id, object);
    if (declared.events) host.connect(object, `${declared.id}_`);
  }
}

function createObject({ progId, classId, line }: WsfObject, { progIds, path }: JobHost): AutomationObject {
  const name = progId ?? (classId === undefined ? undefined : progIdOfClass(classId));
  if (name === undefined) {
    throw failure(
      path,
      line,
      classId === undefined
        ? "an object needs the attribute progid or classid"
        : `the class "${classId}" is not known; name the object by its progid`,
    );
  }
  try {
    return progIds.create(name);
  } catch (error) {
    throw failure(path, line, (error as Error).message);
  }
}

function failure(path: string, line: number, message: string): ProgramError {
  return new ProgramError(`${path}(${line}, 1) Windows Script Host: ${message}`);
}
