/** Reads as much of ELF, PE and Mach-O libraries as it takes to see what they export and need. */

/** What a library looks like from outside. */
export interface ObjectFile {
  readonly format: "elf" | "pe" | "mach-o";
  readonly machine: "x86_64" | "aarch64" | "unknown";
  readonly exports: readonly string[];
  /** Libraries that it is linked to. */
  readonly needs: readonly string[];
}

export function parseObjectFile(bytes: Uint8Array): ObjectFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = view.getUint32(0, false);
  if (magic === 0x7F454C46) return parseElf(bytes, view);
  if (magic === 0xCFFAEDFE) return parseMachO(bytes, view);
  if (magic >>> 16 === 0x4D5A) return parsePe(bytes, view);
  throw new Error(`No library: it starts with ${magic.toString(16)}`);
}

function text(bytes: Uint8Array, offset: number): string {
  const end = bytes.indexOf(0, offset);
  return new TextDecoder().decode(bytes.subarray(offset, end));
}

/** ELF-64: sections .dynsym (type 11) and .dynamic (type 6), whose strings are in the section that `link` names. */
function parseElf(bytes: Uint8Array, view: DataView): ObjectFile {
  const machine = ({ 62: "x86_64", 183: "aarch64" } as const)[view.getUint16(18, true)] ?? "unknown";
  const sectionsAt = Number(view.getBigUint64(40, true));
  const entrySize = view.getUint16(58, true);
  const section = (index: number): { type: number; offset: number; size: number; link: number } => {
    const at = sectionsAt + index * entrySize;
    return {
      type: view.getUint32(at + 4, true),
      offset: Number(view.getBigUint64(at + 24, true)),
      size: Number(view.getBigUint64(at + 32, true)),
      link: view.getUint32(at + 40, true),
    };
  };
  const exports: string[] = [];
  const needs: string[] = [];
  for (let index = 0; index < view.getUint16(60, true); index++) {
    const { type, offset, size, link } = section(index);
    if (type === 11) {
      for (let at = offset + 24; at < offset + size; at += 24) {
        const name = text(bytes, section(link).offset + view.getUint32(at, true));
        if (view.getUint16(at + 6, true) !== 0) exports.push(name);
        else needs.push(`symbol ${name}`);
      }
    } else if (type === 6) {
      for (let at = offset; at < offset + size; at += 16) {
        if (view.getBigUint64(at, true) === 1n) {
          needs.push(text(bytes, section(link).offset + Number(view.getBigUint64(at + 8, true))));
        }
      }
    }
  }
  return { format: "elf", machine, exports, needs };
}

/** PE32+: data directories 0 (exports) and 1 (imports), by relative virtual address. */
function parsePe(bytes: Uint8Array, view: DataView): ObjectFile {
  const header = view.getUint32(0x3C, true);
  const machine = ({ 0x8664: "x86_64", 0xAA64: "aarch64" } as const)[view.getUint16(header + 4, true)] ??
    "unknown";
  const optional = header + 24;
  const sectionsAt = optional + view.getUint16(header + 20, true);
  const fileOffset = (address: number): number => {
    for (let index = 0; index < view.getUint16(header + 6, true); index++) {
      const at = sectionsAt + index * 40;
      const start = view.getUint32(at + 12, true);
      if (address >= start && address < start + view.getUint32(at + 16, true)) {
        return address - start + view.getUint32(at + 20, true);
      }
    }
    throw new Error(`No section has address ${address.toString(16)}`);
  };
  const directory = (index: number): number => view.getUint32(optional + 112 + index * 8, true);
  const exportTable = fileOffset(directory(0));
  const names = fileOffset(view.getUint32(exportTable + 32, true));
  const exports = Array.from(
    { length: view.getUint32(exportTable + 24, true) },
    (_, index) => text(bytes, fileOffset(view.getUint32(names + index * 4, true))),
  );
  const needs: string[] = [];
  for (let at = fileOffset(directory(1)); view.getUint32(at + 12, true) !== 0; at += 20) {
    needs.push(text(bytes, fileOffset(view.getUint32(at + 12, true))).toLowerCase());
  }
  return { format: "pe", machine, exports, needs };
}

/** Mach-O 64: load commands LC_SYMTAB (2) and LC_LOAD_DYLIB (0Ch). */
function parseMachO(bytes: Uint8Array, view: DataView): ObjectFile {
  const machine = ({ 0x01000007: "x86_64", 0x0100000C: "aarch64" } as const)[view.getUint32(4, true)] ??
    "unknown";
  const exports: string[] = [];
  const needs: string[] = [];
  let at = 32;
  for (let count = view.getUint32(16, true); count > 0; count--) {
    const command = view.getUint32(at, true);
    if (command === 0x0C) needs.push(text(bytes, at + view.getUint32(at + 8, true)));
    if (command === 2) {
      const symbolsAt = view.getUint32(at + 8, true);
      const stringsAt = view.getUint32(at + 16, true);
      for (let index = 0; index < view.getUint32(at + 12, true); index++) {
        const symbol = symbolsAt + index * 16;
        const kind = bytes[symbol + 4] ?? 0;
        // Defined in a section (0Eh) and external (1), but not private to the library (10h).
        if ((kind & 0x1F) === 0x0F) {
          exports.push(text(bytes, stringsAt + view.getUint32(symbol, true)).slice(1));
        }
      }
    }
    at += view.getUint32(at + 4, true);
  }
  return { format: "mach-o", machine, exports, needs };
}
