/** What the tests of the IMAPI objects run in: trees in memory, virtual recorders in a folder of their own. @module */
import { assertEquals } from "@std/assert";
import { AutomationError } from "../../lib/automation/errors.ts";
import type { ProgIdTable } from "../../lib/automation/progids.ts";
import { ProgIdTable as Table } from "../../lib/automation/progids.ts";
import { ByteStream } from "../../lib/automation/stream.ts";
import {
  type AutomationObject,
  DISPATCH,
  type DispatchMember,
  type Variant,
} from "../../lib/automation/variant.ts";
import { openVirtualRecorders } from "../../lib/drive/virtual.ts";
import type { Recorder } from "../../lib/drive/transport.ts";
import { createDirectory, type ImageDirectory, memoryContent } from "../../lib/image/mod.ts";
import type { ImapiEnvironment } from "../../lib/imapi/environment.ts";
import { type HresultName, imapiFactories, type ImapiProgIds } from "../../lib/imapi/mod.ts";

/** A tree as a literal: text is a file, an object a directory. */
export interface TreeLiteral {
  [name: string]: string | Uint8Array | TreeLiteral;
}

/** The tree of a literal. */
export function treeOf(literal: TreeLiteral, name = ""): ImageDirectory {
  const directory = createDirectory(name);
  for (const [child, value] of Object.entries(literal)) {
    if (typeof value === "string" || value instanceof Uint8Array) {
      const bytes = typeof value === "string" ? new TextEncoder().encode(value) : value;
      directory.children.set(child, {
        kind: "file",
        name: child,
        content: memoryContent(bytes),
        path: `/${child}`,
      });
    } else {
      directory.children.set(child, treeOf(value, child));
    }
  }
  return directory;
}

/** Options of {@linkcode testEnvironment}. */
export interface TestOptions extends Partial<ImapiEnvironment> {
  /** Source directories by the path that scripts write. */
  trees?: Record<string, TreeLiteral>;
  recorderList?: readonly Recorder[];
}

/** An environment; drive letter `g:` is the folder `/srv`. */
export function testEnvironment(
  { trees = {}, recorderList = [], ...rest }: TestOptions = {},
): ImapiEnvironment {
  return {
    recorders: () => recorderList,
    resolvePath: (path) => {
      if (/^[h-y]:/i.test(path)) {
        throw new AutomationError(
          76,
          `Path not found: no directory for ${path.slice(0, 2)}; give one with --map`,
        );
      }
      return path.replace(/^g:/i, "/srv").replaceAll("\\", "/");
    },
    readTree: (directory) => {
      for (const [path, literal] of Object.entries(trees)) {
        if (path.replace(/^g:/i, "/srv").replaceAll("\\", "/") === directory) return treeOf(literal);
      }
      throw new Deno.errors.NotFound(`No such file or directory: ${directory}`);
    },
    now: () => new Date(2024, 0, 2, 3, 4, 5),
    sleep: () => {},
    isCancelled: () => false,
    verify: "none",
    ...rest,
  };
}

/** The ProgIDs of an environment, as scripts have them. */
export function progIdsOf(environment: ImapiEnvironment): ProgIdTable {
  const table = new Table();
  table.add(imapiFactories(environment));
  return table;
}

/** `CreateObject` with types. */
export function creator(
  environment: ImapiEnvironment,
): <P extends keyof ImapiProgIds>(progId: P) => ImapiProgIds[P] {
  const progIds = progIdsOf(environment);
  return (progId) => progIds.create(progId) as unknown as ImapiProgIds[typeof progId];
}

/** Calls a member as a script does: the name in any case, arguments as Variants. */
export const script = {
  call(object: unknown, name: string, ...args: Variant[]): Variant {
    return memberOf(object, name).call!(object as AutomationObject, args);
  },
  get(object: unknown, name: string, ...args: Variant[]): Variant {
    return memberOf(object, name).get!(object as AutomationObject, args);
  },
  put(object: unknown, name: string, value: Variant): void {
    memberOf(object, name).put!(object as AutomationObject, [], value);
  },
  each(object: unknown): Variant[] {
    const iterator = (object as AutomationObject)[DISPATCH].enumerate!(object as AutomationObject);
    const values: Variant[] = [];
    for (let step = iterator.next(); !step.done; step = iterator.next()) values.push(step.value);
    return values;
  },
};

function memberOf(object: unknown, name: string): DispatchMember {
  const member = (object as AutomationObject)[DISPATCH].member(name);
  if (member === undefined) throw new TypeError(`No member ${name}`);
  return member;
}

/** Asserts that something throws the documented error, and returns it. */
export function assertHresult(name: HresultName, work: () => unknown): AutomationError {
  let thrown: unknown;
  try {
    work();
  } catch (error) {
    thrown = error;
  }
  if (!(thrown instanceof AutomationError)) {
    throw thrown ?? new Error(`Nothing was thrown where ${name} is expected`);
  }
  assertEquals(thrown.hresultName, name, thrown.message);
  return thrown;
}

/** Virtual recorders with discs in a folder that goes when disposed of. */
export class VirtualDiscs implements Disposable {
  readonly folder = Deno.makeTempDirSync({ prefix: "burnscript_imapi_" });
  readonly recorders: Recorder[];

  constructor(...media: string[]) {
    this.recorders = openVirtualRecorders(
      media.map((medium, index) => ({ medium, file: this.file(index) })),
    );
  }

  file(index: number): string {
    return `${this.folder}/disc${index}.iso`;
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.folder, { recursive: true });
  }
}

/** A stream of bytes in memory. */
export class MemoryStream extends ByteStream {
  constructor(readonly bytes: Uint8Array, readonly sizeBytes: number = bytes.length) {
    super();
  }

  read(target: Uint8Array, offset: number): number {
    const part = this.bytes.subarray(offset, offset + target.length);
    target.set(part);
    return part.length;
  }
}

/** All of a stream. */
export function readAll(stream: ByteStream, pieceBytes = 100_000): Uint8Array {
  const bytes = new Uint8Array(stream.sizeBytes);
  for (let offset = 0; offset < bytes.length;) {
    const got = stream.read(bytes.subarray(offset, offset + pieceBytes), offset);
    if (got === 0) throw new Error(`The stream ended at ${offset}`);
    offset += got;
  }
  return bytes;
}
