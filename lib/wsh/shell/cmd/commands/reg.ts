/** `reg`: the registry from the command line, on the registry that RegRead and RegWrite have. @module */
import type { Registry, RegistryValue } from "../../../../platform/registry.ts";
import {
  applyRegistryText,
  formatRegistryText,
  type RegistryTarget,
  RegistryTree,
  utf16,
} from "../../../../platform/registry_text.ts";
import { splitArguments } from "../../command_line.ts";
import { registryRoot } from "../../registry_members.ts";
import { CommandFailure } from "../signals.ts";
import { decodeText } from "../texts.ts";
import type { Call } from "./call.ts";
import { isAnsweredYes } from "./questions.ts";

const DONE = "The operation completed successfully.\n";
const NOT_FOUND = "ERROR: The system was unable to find the specified registry key or value.";
const DEFAULT = "(Default)";
const MULTI_END = "\\0";

/** Switches that a text follows, by the verb: `/f` is a pattern in a query, and elsewhere "without asking". */
const VALUED: Readonly<Record<string, readonly string[]>> = {
  query: ["v", "f", "t", "se"],
  add: ["v", "t", "d", "s"],
  delete: ["v"],
};
const SWITCH = /^[/-](v|ve|va|t|d|s|f|k|c|e|y|z|se|reg:(?:32|64))$/i;

/** One call, its words divided. */
interface Request {
  readonly call: Call;
  readonly verb: string;
  readonly operands: readonly string[];
  /** By their names in small letters; those that stand alone have no text. */
  readonly options: ReadonlyMap<string, string>;
}

/** `reg query|add|delete|copy|export|import …` */
export async function reg(call: Call): Promise<number> {
  const [verb = "", ...words] = splitArguments(call.rest.trim());
  const request = { call, verb: verb.toLowerCase(), ...divide(verb.toLowerCase(), words) };
  switch (request.verb) {
    case "query":
      return await query(request);
    case "add":
      return await add(request);
    case "delete":
      return await remove(request);
    case "copy":
      return await copy(request);
    case "export":
      return await exportKey(request);
    case "import":
      return await importFile(request);
  }
  if (["save", "load", "unload", "restore", "compare", "flags"].includes(request.verb)) {
    throw new CommandFailure(
      `ERROR: REG ${verb.toUpperCase()} is for the files that Windows' own registry has.`,
    );
  }
  throw invalidSyntax(verb);
}

function divide(verb: string, words: readonly string[]): Pick<Request, "operands" | "options"> {
  const operands: string[] = [];
  const options = new Map<string, string>();
  for (let index = 0; index < words.length; index++) {
    const name = SWITCH.exec(words[index]!)?.[1]?.toLowerCase();
    if (name === undefined) operands.push(words[index]!);
    // A query finds names by `/v` without one.
    else if (VALUED[verb]?.includes(name) && !(name === "v" && SWITCH.test(words[index + 1] ?? ""))) {
      if (++index >= words.length) throw invalidSyntax(verb);
      options.set(name, words[index]!);
    } else options.set(name, "");
  }
  return { operands, options };
}

function invalidSyntax(verb: string): CommandFailure {
  const name = verb === "" ? "REG" : `REG ${verb.toUpperCase()}`;
  return new CommandFailure(`ERROR: Invalid syntax.\nType "${name} /?" for usage.`);
}

/** The one key of a call, by its full name. */
function keyOf({ operands, verb }: Request, index = 0, count = 1): string {
  const text = operands[index];
  if (text === undefined || operands.length !== count) throw invalidSyntax(verb);
  if (text.startsWith("\\\\")) throw new CommandFailure("ERROR: The network path was not found.");
  const [first, ...names] = text.replace(/\\+$/, "").split("\\");
  const root = registryRoot(first!);
  if (root === undefined || names.includes("")) throw new CommandFailure("ERROR: Invalid key name.");
  return [root, ...names].join("\\");
}

/** The value that `/v` or `/ve` names. */
function valueName({ options }: Request): string | undefined {
  return options.has("ve") ? "" : options.get("v");
}

async function query(request: Request): Promise<number> {
  const { call: { interpreter, streams }, options } = request;
  const { registry } = interpreter;
  const key = keyOf(request);
  if (!registry.hasKey(key) && key.includes("\\")) throw new CommandFailure(NOT_FOUND);
  const pattern = options.get("f");
  if (pattern !== undefined) return await search(request, key, pattern);
  const name = valueName(request);
  if (name !== undefined && !options.has("s")) {
    const value = registry.read(key, name);
    if (value === undefined && name !== "") throw new CommandFailure(NOT_FOUND);
    const row = value === undefined ? `    ${DEFAULT}    REG_SZ    (value not set)` : rowText(name, value);
    await interpreter.print(streams.stdout, `\n${key}\n${row}\n\n`);
    return 0;
  }
  let found = 0;
  for await (const path of options.has("s") ? walk(request, key) : [key]) {
    const names = registry.values(path).filter((one) =>
      name === undefined || one.toLowerCase() === name.toLowerCase()
    );
    found += names.length;
    const rows = names.map((one) => rowText(one, registry.read(path, one)!));
    if (rows.length > 0 || (name === undefined && options.has("s"))) {
      await interpreter.print(streams.stdout, `\n${path}\n${rows.map((row) => `${row}\n`).join("")}`);
    }
  }
  await interpreter.print(streams.stdout, "\n");
  if (name !== undefined) return await tellMatches(request, found);
  if (!options.has("s")) {
    const below = registry.subkeys(key).map((one) => `${key}\\${one}\n`).join("");
    await interpreter.print(streams.stdout, below);
  }
  return 0;
}

async function tellMatches({ call: { interpreter, streams } }: Request, found: number): Promise<number> {
  await interpreter.print(streams.stdout, `End of search: ${found} match(es) found.\n`);
  return found > 0 ? 0 : 1;
}

/** `/f text`: in names of keys (`/k`), of values (`/v`), and data (`/d`); in all of them where nothing is said. */
async function search(request: Request, key: string, pattern: string): Promise<number> {
  const { call: { interpreter, streams }, options } = request;
  const { registry } = interpreter;
  const fold = (text: string): string => options.has("c") ? text : text.toLowerCase();
  const wanted = fold(pattern);
  const matches = (text: string): boolean =>
    wanted === "*" || (options.has("e") ? fold(text) === wanted : fold(text).includes(wanted));
  const isAll = !["k", "v", "d"].some((one) => options.has(one));
  let found = 0;
  for await (const path of options.has("s") ? walk(request, key) : [key]) {
    const rows = registry.values(path).map((name) => ({ name, value: registry.read(path, name)! })).filter((
      { name, value },
    ) =>
      ((isAll || options.has("v")) && matches(name)) ||
      ((isAll || options.has("d")) && matches(dataText(value)))
    );
    const isKey = path !== key && (isAll || options.has("k")) && matches(path.replace(/^.*\\/, ""));
    found += rows.length + (isKey ? 1 : 0);
    if (!isKey && rows.length === 0) continue;
    const text = rows.map(({ name, value }) => `${rowText(name, value)}\n`).join("");
    await interpreter.print(streams.stdout, `\n${path}\n${text}`);
  }
  await interpreter.print(streams.stdout, "\n");
  return await tellMatches(request, found);
}

/** A key and all below it. */
async function* walk(request: Request, key: string): AsyncGenerator<string> {
  const { session, registry } = request.call.interpreter;
  await session.breathe();
  yield key;
  for (const name of registry.subkeys(key)) yield* walk(request, `${key}\\${name}`);
}

function rowText(name: string, value: RegistryValue): string {
  return `    ${name === "" ? DEFAULT : name}    ${value.type}    ${dataText(value)}`;
}

function dataText(value: RegistryValue): string {
  switch (value.type) {
    case "REG_DWORD":
    case "REG_QWORD":
      return `0x${value.data.toString(16)}`;
    case "REG_MULTI_SZ":
      return value.data.join(MULTI_END);
    case "REG_BINARY":
      return value.data.toHex().toUpperCase();
  }
  return value.data;
}

async function add(request: Request): Promise<number> {
  const { call: { interpreter, streams }, options } = request;
  const { registry } = interpreter;
  const key = keyOf(request);
  const name = valueName(request) ?? (options.has("d") || options.has("t") ? "" : undefined);
  if (name === undefined) registry.createKey(key);
  else {
    const value = valueOf(request);
    if (registry.read(key, name) !== undefined && !options.has("f")) {
      const shown = name === "" ? DEFAULT : name;
      if (!await agrees(request.call, `Value ${shown} exists, overwrite(Yes/No/All)? `)) return 1;
    }
    registry.write(key, name, value);
  }
  await interpreter.print(streams.stdout, DONE);
  return 0;
}

function valueOf({ options, verb }: Request): RegistryValue {
  const type = options.get("t")?.toUpperCase() ?? "REG_SZ";
  const data = options.get("d") ?? "";
  const invalid = (): CommandFailure => new CommandFailure("ERROR: Invalid value specified for '/d'.");
  switch (type) {
    case "REG_SZ":
    case "REG_EXPAND_SZ":
      return { type, data };
    case "REG_MULTI_SZ": {
      const parts = data === "" ? [] : data.split(options.get("s") ?? MULTI_END);
      if (parts.at(-1) === "") parts.pop();
      return { type, data: parts };
    }
    case "REG_DWORD":
    case "REG_QWORD": {
      if (!/^(?:0x[\da-f]+|\d+)$/i.test(data === "" ? "0" : data)) throw invalid();
      const number = BigInt(data === "" ? "0" : data);
      if (number >= 1n << (type === "REG_DWORD" ? 32n : 64n)) throw invalid();
      return type === "REG_DWORD" ? { type, data: Number(number) } : { type, data: number };
    }
    case "REG_BINARY":
    case "REG_NONE":
      if (!/^(?:[\da-f]{2})*$/i.test(data)) throw invalid();
      return {
        type: "REG_BINARY",
        data: Uint8Array.fromHex(data),
        ...(type === "REG_NONE" ? { typeNumber: 0 } : {}),
      };
  }
  throw invalidSyntax(verb);
}

async function remove(request: Request): Promise<number> {
  const { call, options } = request;
  const { interpreter, streams } = call;
  const { registry } = interpreter;
  const key = keyOf(request);
  const name = valueName(request);
  if (!registry.hasKey(key)) throw new CommandFailure(NOT_FOUND);
  if (name !== undefined && registry.read(key, name) === undefined) throw new CommandFailure(NOT_FOUND);
  if (!key.includes("\\") && name === undefined && !options.has("va")) {
    throw new CommandFailure("ERROR: Access is denied.");
  }
  const question = name !== undefined
    ? `Delete the registry value ${name === "" ? DEFAULT : name} (Yes/No)? `
    : options.has("va")
    ? `Delete all values under the registry key ${key} (Yes/No)? `
    : `Permanently delete the registry key ${key} (Yes/No)? `;
  if (!options.has("f") && !await agrees(call, question)) return 1;
  if (name !== undefined) registry.deleteValue(key, name);
  else if (options.has("va")) {
    const names = registry.values(key);
    registry.change((target) => {
      for (const one of names) target.deleteValue(key, one);
    });
  } else registry.deleteTree(key);
  await interpreter.print(streams.stdout, DONE);
  return 0;
}

/** Asks what is answered by Yes, No or their first letters; the end of the input is No. */
async function agrees(call: Call, question: string): Promise<boolean> {
  if (await isAnsweredYes(call, question, /^\s*[ya]/i)) return true;
  await call.interpreter.print(call.streams.stdout, "The operation was canceled by the user.\n");
  return false;
}

async function copy(request: Request): Promise<number> {
  const { call: { interpreter, streams }, options } = request;
  const { registry } = interpreter;
  const [from, to] = [keyOf(request, 0, 2), keyOf(request, 1, 2)];
  if (!registry.hasKey(from)) throw new CommandFailure(NOT_FOUND);
  if (`${to}\\`.toLowerCase().startsWith(`${from}\\`.toLowerCase())) {
    throw new CommandFailure("ERROR: The registry entry cannot be copied onto itself.");
  }
  const paths = options.has("s") ? await Array.fromAsync(walk(request, from)) : [from];
  registry.change((target) => {
    for (const path of paths) copyKey(registry, path, target, to + path.slice(from.length));
  });
  await interpreter.print(streams.stdout, DONE);
  return 0;
}

/** Makes a key with the values that one has. */
function copyKey(
  from: Registry,
  path: string,
  to: Pick<RegistryTarget, "createKey" | "write">,
  key: string,
): void {
  to.createKey(key);
  for (const name of from.values(path)) to.write(key, name, from.read(path, name)!);
}

async function exportKey(request: Request): Promise<number> {
  const { call: { interpreter, streams }, operands, options, verb } = request;
  const { registry, paths } = interpreter;
  const file = operands[1];
  if (file === undefined) throw invalidSyntax(verb);
  const key = keyOf(request, 0, 2);
  if (!registry.hasKey(key)) throw new CommandFailure(NOT_FOUND);
  const native = paths.native(file);
  if (paths.stat(native) !== undefined && !options.has("y")) {
    if (!await agrees(request.call, `File ${file} already exists. Overwrite (Yes/No)? `)) return 1;
  }
  const text = formatRegistryText(await treeOf(request, key));
  // As regedit writes it, with a byte order mark.
  paths.attempt(native, () => Deno.writeFileSync(native, utf16(`\ufeff${text}`)));
  await interpreter.print(streams.stdout, DONE);
  return 0;
}

async function treeOf(request: Request, key: string): Promise<RegistryTree> {
  const { registry } = request.call.interpreter;
  const tree = new RegistryTree();
  for await (const path of walk(request, key)) copyKey(registry, path, tree, path);
  return tree;
}

async function importFile(
  { call: { interpreter, streams }, operands: [file, more], verb }: Request,
): Promise<number> {
  if (file === undefined || more !== undefined) throw invalidSyntax(verb);
  const { paths, registry } = interpreter;
  const native = paths.native(file);
  const text = decodeText(paths.attempt(native, () => Deno.readFileSync(native)));
  try {
    applyRegistryText(text, new RegistryTree()); // all of it can be read, before any of it counts
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new CommandFailure(`ERROR: "${file}" is no file of the registry: ${error.message}.`);
  }
  registry.change((target) => applyRegistryText(text, target));
  await interpreter.print(streams.stderr, DONE); // as Windows has it
  return 0;
}
