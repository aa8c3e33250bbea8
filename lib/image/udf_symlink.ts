/** The content of symbolic links in UDF: the components of a path (ECMA-167 4/14.16). @module */
import { udfIdentifiers } from "./names.ts";
import { compressedUnicodeBytes, setCompressedUnicode } from "./udf_structures.ts";

/** Path components (ECMA-167 4/14.16.1). */
const COMPONENT = { root: 2, parent: 3, current: 4, name: 5 } as const;
const HEADER_BYTES = 4;

/** The components of a path; names are cut to what UDF can hold. */
export function pathComponents(target: string): Uint8Array {
  const parts = target.split("/").filter((part) => part !== "");
  const names = parts.map((name) => udfIdentifiers([{ name, isDirectory: true }])[0]!);
  const bytes = new Uint8Array(
    names.reduce((sum, name) => sum + HEADER_BYTES + compressedUnicodeBytes(name), HEADER_BYTES),
  );
  let offset = 0;
  const put = (type: number): void => {
    bytes[offset] = type;
    offset += HEADER_BYTES; // length of the identifier, version of the file
  };
  if (target.startsWith("/")) put(COMPONENT.root);
  for (const name of names) {
    if (name === ".") put(COMPONENT.current);
    else if (name === "..") put(COMPONENT.parent);
    else {
      const header = offset;
      put(COMPONENT.name);
      bytes[header + 1] = setCompressedUnicode(bytes, offset, name);
      offset += bytes[header + 1]!;
    }
  }
  return bytes.subarray(0, offset);
}
