/** Objects of `.wsc` files, each with its own scripts. @module */
import { scriptError } from "../../automation/errors.ts";
import { EVENTS, EventSource, isConnectable } from "../../automation/events.ts";
import { defineInterface } from "../../automation/interface.ts";
import type { ProgIdTable } from "../../automation/progids.ts";
import { toStringValue } from "../../automation/coerce.ts";
import {
  type AutomationObject,
  DISPATCH,
  type Dispatch,
  type DispatchMember,
  type Variant,
} from "../../automation/variant.ts";
import type { VbsEngine } from "../../vbscript/engine.ts";
import type { JScriptHost } from "../jscript/host.ts";
import { MarkupError } from "../markup.ts";
import { ProgramError, readPart } from "../script_program.ts";
import type { ScriptJob } from "../script_job.ts";
import { decodeScript } from "../source_text.ts";
import { runJob } from "../wsf_host.ts";
import { type Component, type ComponentProperty, parseComponents } from "./component_file.ts";

/** What components are made with. */
export interface ComponentHost {
  readonly progIds: ProgIdTable;
  readonly job: Pick<ScriptJob, "codePage" | "session">;
  /** A path as scripts write it. */
  toNative(path: string): string;
  newEngine(): VbsEngine;
  newJScript(): JScriptHost;
}

/** The components of one run; those with a ProgID are known to CreateObject once their file was opened. */
export class ScriptComponents implements Disposable {
  readonly #host: ComponentHost;
  readonly #files = new Map<string, readonly Component[]>();
  readonly #engines: VbsEngine[] = [];

  constructor(host: ComponentHost) {
    this.#host = host;
  }

  /** The object of a moniker without its `script:`, such as `C:\\lib\\log.wsc#Log`. @throws AutomationError 429 */
  open(name: string): AutomationObject {
    const [, location, id] = /^(.*?)(?:#([^#\\/]*))?$/s.exec(name)!;
    const path = this.#host.toNative(location!);
    return this.#create(path, this.#find(path, id));
  }

  #find(path: string, id: string | undefined): Component {
    const components = this.#components(path);
    const found = id === undefined
      ? components[0]
      : components.find((component) => component.id?.toLowerCase() === id.toLowerCase());
    if (found !== undefined) return found;
    const ids = components.map((component) => component.id ?? "one without an id").join(", ");
    throw scriptError("cannotCreate", `'${path}' has no component "${id}", but ${ids}`);
  }

  #components(path: string): readonly Component[] {
    let components = this.#files.get(path);
    if (components !== undefined) return components;
    try {
      components = parseComponents(decodeScript(Deno.readFileSync(path), this.#host.job.codePage));
    } catch (error) {
      const place = error instanceof MarkupError ? `(${error.line}, ${error.column})` : "";
      throw scriptError("cannotCreate", `'${path}'${place}: ${(error as Error).message}`, { cause: error });
    }
    this.#files.set(path, components);
    for (const component of components) {
      const { progId } = component;
      if (progId !== undefined) this.#host.progIds.add({ [progId]: () => this.#create(path, component) });
    }
    return components;
  }

  #create(path: string, component: Component): AutomationObject {
    const { progIds, job } = this.#host;
    let scripts: Scripts;
    try {
      const parts = component.scripts.map((script) => readPart({ ...job, path }, script));
      const usesJScript = parts.some(({ language }) => language === "jscript");
      const engine = this.#host.newEngine();
      this.#engines.push(engine);
      const jscript = usesJScript ? this.#host.newJScript() : undefined;
      scripts = new Scripts(engine, jscript);
      const object = new ScriptComponent(component, scripts);
      scripts.addFunction("fireEvent", (name, ...args) => object.fire(toStringValue(name), args));
      scripts.addFunction("createComponent", (id) => this.#create(path, this.#find(path, toStringValue(id))));
      const connect = (source: AutomationObject, prefix: string): void => {
        if (!isConnectable(source)) return;
        source[EVENTS].connect((event, args) => void scripts.callIfDefined(prefix + event, args));
      };
      runJob({ parts, job: component }, { engine, jscript, progIds, path, connect });
      scripts.addAccessors(component);
      return object;
    } catch (error) {
      if (error instanceof ProgramError) throw scriptError("cannotCreate", error.message, { cause: error });
      throw error;
    }
  }

  /** Runs Class_Terminate of what the components' scripts hold. */
  [Symbol.dispose](): void {
    for (const engine of this.#engines.splice(0).reverse()) engine[Symbol.dispose]();
  }
}

/** The scripts of one component, whatever their languages. */
class Scripts {
  readonly #engine: VbsEngine;
  readonly #jscript: JScriptHost | undefined;

  constructor(engine: VbsEngine, jscript: JScriptHost | undefined) {
    this.#engine = engine;
    this.#jscript = jscript;
  }

  addFunction(name: string, call: (...args: Variant[]) => Variant): void {
    this.#engine.addFunction(name, call);
    this.#jscript?.addFunction(name, call);
  }

  /** VBScript tells others nothing of its variables: procedures read and write them. */
  addAccessors({ members }: Component): void {
    const variables = members.flatMap((member) =>
      member.kind === "property" && member.variable !== undefined ? [member.variable] : []
    ).filter((name) => !this.#jscript?.hasVariable(name));
    this.#engine.run(
      variables.map((name) =>
        `Function [get ${name}]\nIf IsObject(${name}) Then Set [get ${name}] = ${name} Else [get ${name}] = ${name}\nEnd Function
Sub [set ${name}](value)\nIf IsObject(value) Then Set ${name} = value Else ${name} = value\nEnd Sub`
      ).join("\n"),
    );
  }

  read(variable: string): Variant {
    if (this.#jscript?.hasVariable(variable)) return this.#jscript.read(variable);
    return this.#engine.call(`get ${variable}`);
  }

  write(variable: string, value: Variant): void {
    if (this.#jscript?.hasVariable(variable)) this.#jscript.write(variable, value);
    else this.#engine.call(`set ${variable}`, [value]);
  }

  call(name: string, args: readonly Variant[]): Variant {
    if (this.#engine.hasProcedure(name)) return this.#engine.call(name, args);
    if (this.#jscript?.hasProcedure(name)) return this.#jscript.call(name, args);
    throw scriptError("noSuchMember", `the component has no procedure "${name}"`);
  }

  callIfDefined(name: string, args: readonly Variant[]): void {
    if (this.#engine.hasProcedure(name) || this.#jscript?.hasProcedure(name)) this.call(name, args);
  }
}

/** A component as scripts see it. */
class ScriptComponent implements AutomationObject {
  readonly [DISPATCH]: Dispatch;
  readonly [EVENTS]: EventSource;

  constructor(component: Component, scripts: Scripts) {
    const members = new Map<string, DispatchMember>();
    let defaultMember: DispatchMember | undefined;
    for (const declared of component.members) {
      const member = declared.kind === "method"
        ? { name: declared.name, call: callOf(scripts, declared.procedure) }
        : propertyMember(declared, scripts);
      members.set(declared.name.toLowerCase(), member);
      if (declared.isDefault) defaultMember = member;
    }
    this[DISPATCH] = {
      typeName: component.id ?? component.progId ?? "Object",
      member: (name) => members.get(name.toLowerCase()),
      defaultMember,
      enumerate: undefined,
      release: undefined,
      memberNames: component.members.map(({ name }) => name),
    };
    this[EVENTS] = new EventSource(
      defineInterface(
        `${component.id ?? ""}Events`,
        "",
        Object.fromEntries(
          component.events.map((name, index) => [name, { dispid: index + 1, method: "void" }]),
        ),
      ),
    );
  }

  /** `fireEvent`: an event that the component declares. */
  fire(name: string, args: readonly Variant[]): undefined {
    const event = this[EVENTS].names.find((known) => known.toLowerCase() === name.toLowerCase());
    if (event === undefined) throw scriptError("invalidCall", `the component declares no event "${name}"`);
    this[EVENTS].fire(event, args);
  }
}

function callOf(
  scripts: Scripts,
  procedure: string,
): (object: AutomationObject, args: readonly Variant[]) => Variant {
  return (_object, args) => scripts.call(procedure, args);
}

function propertyMember({ name, variable, get, put }: ComponentProperty, scripts: Scripts): DispatchMember {
  if (variable !== undefined) {
    const write = (_object: AutomationObject, _args: readonly Variant[], value: Variant): void =>
      scripts.write(variable, value);
    return { name, get: () => scripts.read(variable), put: write, putRef: write };
  }
  const write = put === undefined
    ? undefined
    : (_object: AutomationObject, args: readonly Variant[], value: Variant): void =>
      void scripts.call(put, [...args, value]);
  return {
    name,
    ...(get === undefined ? {} : { get: callOf(scripts, get) }),
    ...(write === undefined ? {} : { put: write, putRef: write }),
  };
}
