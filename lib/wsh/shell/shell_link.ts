/**
 * `.lnk` files: Windows' shell links, in both directions ([MS-SHLLINK] 5.0). A link names its target twice, as a list of
 * item identifiers, which Explorer follows, and as a path, which everybody else reads.
 *
 * @module
 */

/** What a link says. */
export interface ShellLink {
  /** `C:\Programs\tool.exe`, `\\server\share\file`, or a path with `%VARIABLES%`. */
  readonly target: string;
  readonly isFolder: boolean;
  readonly description: string;
  readonly workingDirectory: string;
  readonly arguments: string;
  readonly iconPath: string;
  readonly iconIndex: number;
  /** 1 normal, 3 maximised, 7 minimised. */
  readonly showCommand: number;
  /** The virtual key in the low byte, Shift 1, Ctrl 2 and Alt 4 in the high one. */
  readonly hotkey: number;
}

/** Section 2.1.1. */
const FLAG = {
  idList: 0x1,
  linkInfo: 0x2,
  name: 0x4,
  relativePath: 0x8,
  workingDirectory: 0x10,
  arguments: 0x20,
  iconLocation: 0x40,
  unicode: 0x80,
  environmentTarget: 0x200,
} as const;
const HEADER_BYTES = 0x4c;
const LINK_CLSID = "0114020000000000c000000000000046";
/** "My Computer", {20D04FE0-3AEA-1069-A2D8-08002B30309D}. */
const COMPUTER_CLSID = "e04fd020ea3a6910a2d808002b30309d";
const ATTRIBUTE = { directory: 0x10, archive: 0x20 } as const;
const DRIVE_FIXED = 3;
const NETWORK_LANMAN = 0x20000;
const ENVIRONMENT_BLOCK = { bytes: 0x314, signature: 0xa0000001 } as const;
/** What carries a name in Unicode within an item identifier of the file system. */
const NAME_EXTENSION = { signature: 0xbeef0004, version: 3 } as const;

/** Bytes that grow, with the low byte of numbers first. */
class Writer {
  readonly #bytes: number[] = [];

  get length(): number {
    return this.#bytes.length;
  }

  u8(...values: readonly number[]): this {
    for (const value of values) this.#bytes.push(value & 0xff);
    return this;
  }

  u16(value: number): this {
    return this.u8(value, value >> 8);
  }

  u32(value: number): this {
    return this.u16(value).u16(value >>> 16);
  }

  zeros(count: number): this {
    for (let index = 0; index < count; index++) this.#bytes.push(0);
    return this;
  }

  bytes(values: Iterable<number>): this {
    for (const value of values) this.#bytes.push(value);
    return this;
  }

  /** Text with one byte a character; what is not in ASCII becomes `?`, since the Unicode form follows. */
  ascii(text: string): this {
    for (const character of text) this.u8(character.charCodeAt(0) < 0x80 ? character.charCodeAt(0) : 0x3f);
    return this;
  }

  utf16(text: string): this {
    for (let index = 0; index < text.length; index++) this.u16(text.charCodeAt(index));
    return this;
  }

  done(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }
}

/** The bytes of a link. */
export function formatShellLink(link: ShellLink): Uint8Array {
  const { target, isFolder } = link;
  const isLocal = /^[a-z]:\\/i.test(target);
  const isNetwork = target.startsWith("\\\\");
  const hasVariables = /%[^%]+%/.test(target);
  const flags = FLAG.unicode | (isLocal ? FLAG.idList : 0) | (isLocal || isNetwork ? FLAG.linkInfo : 0) |
    (link.description === "" ? 0 : FLAG.name) | (link.workingDirectory === "" ? 0 : FLAG.workingDirectory) |
    (link.arguments === "" ? 0 : FLAG.arguments) | (link.iconPath === "" ? 0 : FLAG.iconLocation) |
    (hasVariables ? FLAG.environmentTarget : 0);
  const writer = new Writer().u32(HEADER_BYTES).bytes(Uint8Array.fromHex(LINK_CLSID)).u32(flags)
    .u32(isFolder ? ATTRIBUTE.directory : ATTRIBUTE.archive)
    .zeros(3 * 8) // times of the target: unknown
    .u32(0).u32(link.iconIndex).u32(link.showCommand).u16(link.hotkey).zeros(10);
  if (isLocal) writer.bytes(idList(target, isFolder));
  if (isLocal) writer.bytes(localInfo(target));
  if (isNetwork) writer.bytes(networkInfo(target));
  for (const text of [link.description, link.workingDirectory, link.arguments, link.iconPath]) {
    if (text !== "") writer.u16(text.length).utf16(text);
  }
  if (hasVariables) {
    writer.u32(ENVIRONMENT_BLOCK.bytes).u32(ENVIRONMENT_BLOCK.signature);
    const short = target.slice(0, 259);
    writer.ascii(short).zeros(260 - short.length).utf16(short).zeros(520 - 2 * short.length);
  }
  return writer.u32(0).done();
}

/** Section 2.2: the computer, the drive, and each name below it. */
function idList(target: string, isFolder: boolean): Uint8Array {
  const items = new Writer().u16(0x14).u8(0x1f, 0x50).bytes(Uint8Array.fromHex(COMPUTER_CLSID));
  items.u16(0x19).u8(0x2f).ascii(target.slice(0, 3)).zeros(0x19 - 6);
  const names = target.slice(3).split("\\").filter((name) => name !== "");
  for (const [index, name] of names.entries()) {
    items.bytes(fileItem(name, index < names.length - 1 || isFolder));
  }
  items.u16(0);
  return new Writer().u16(items.length).bytes(items.done()).done();
}

/** An identifier of the file system: sizes and dates are unknown, the name stands there twice. */
function fileItem(name: string, isFolder: boolean): Uint8Array {
  const head = new Writer().u8(isFolder ? 0x31 : 0x32, 0).u32(0).u32(0)
    .u16(isFolder ? ATTRIBUTE.directory : ATTRIBUTE.archive).ascii(name).u8(0);
  if (head.length % 2 === 1) head.u8(0);
  const extensionOffset = 2 + head.length;
  const extension = new Writer().u16(NAME_EXTENSION.version).u32(NAME_EXTENSION.signature).u32(0).u32(0)
    .u16(0x14).u16(0).utf16(name).u16(0).u16(extensionOffset);
  return new Writer().u16(extensionOffset + 2 + extension.length).bytes(head.done())
    .u16(2 + extension.length).bytes(extension.done()).done();
}

/** Section 2.3 with a volume and a path, in ANSI and in Unicode. */
function localInfo(target: string): Uint8Array {
  const headerBytes = 0x24;
  const volume = new Writer().u32(0x11).u32(DRIVE_FIXED).u32(0).u32(0x10).u8(0).done();
  const pathOffset = headerBytes + volume.length;
  const suffixOffset = pathOffset + target.length + 1;
  const unicodePathOffset = suffixOffset + 1;
  const unicodeSuffixOffset = unicodePathOffset + 2 * (target.length + 1);
  const sizeBytes = unicodeSuffixOffset + 2;
  return new Writer().u32(sizeBytes).u32(headerBytes).u32(1).u32(headerBytes).u32(pathOffset).u32(0).u32(
    suffixOffset,
  )
    .u32(unicodePathOffset).u32(unicodeSuffixOffset).bytes(volume).bytes(ansi(target)).u8(0, 0)
    .utf16(target).u16(0).u16(0).done();
}

/** ANSI with as many bytes as the text has units, so that offsets are known beforehand. */
function ansi(text: string): Uint8Array {
  return new Uint8Array(text.length).map((_, index) => {
    const code = text.charCodeAt(index);
    return code < 0x80 ? code : 0x3f;
  });
}

/** Section 2.3 with a share and what follows it. */
function networkInfo(target: string): Uint8Array {
  const [, share, rest] = /^(\\\\[^\\]+(?:\\[^\\]+)?)\\?(.*)$/s.exec(target)!;
  const headerBytes = 0x1c;
  const linkBytes = 0x14 + share!.length + 1;
  const suffixOffset = headerBytes + linkBytes;
  return new Writer().u32(suffixOffset + rest!.length + 1).u32(headerBytes).u32(2).u32(0).u32(0).u32(
    headerBytes,
  )
    .u32(suffixOffset)
    .u32(linkBytes).u32(2).u32(0x14).u32(0).u32(NETWORK_LANMAN).bytes(ansi(share!)).u8(0)
    .bytes(ansi(rest!)).u8(0).done();
}

/** Bytes that are no link, or a damaged one. */
export class ShellLinkError extends Error {
  override readonly name = "ShellLinkError";
}

/** Reads a link. @throws ShellLinkError */
export function parseShellLink(bytes: Uint8Array): ShellLink {
  try {
    return parse(bytes);
  } catch (error) {
    if (error instanceof RangeError) throw new ShellLinkError("The shortcut is damaged: it ends too early");
    throw error;
  }
}

function parse(bytes: Uint8Array): ShellLink {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const u16 = (offset: number): number => view.getUint16(offset, true);
  const u32 = (offset: number): number => view.getUint32(offset, true);
  if (bytes.length < HEADER_BYTES || u32(0) !== HEADER_BYTES || bytes.slice(4, 20).toHex() !== LINK_CLSID) {
    throw new ShellLinkError("This is no shortcut of Windows");
  }
  const flags = u32(20);
  let at = HEADER_BYTES;
  let target = "";
  if (flags & FLAG.idList) {
    target = targetOfIdList(view, at + 2);
    at += 2 + u16(at);
  }
  if (flags & FLAG.linkInfo) {
    target = targetOfInfo(view, at) || target;
    at += u32(at);
  }
  const isUnicode = (flags & FLAG.unicode) !== 0;
  const string = (flag: number): string => {
    if ((flags & flag) === 0) return "";
    const count = u16(at);
    const from = at + 2;
    at = from + (isUnicode ? 2 * count : count);
    if (at > bytes.length) throw new RangeError();
    return isUnicode ? utf16At(view, from, count) : ansiAt(view, from, count);
  };
  const description = string(FLAG.name);
  string(FLAG.relativePath);
  const workingDirectory = string(FLAG.workingDirectory);
  const args = string(FLAG.arguments);
  const iconPath = string(FLAG.iconLocation);
  while (target === "" && at + 8 <= bytes.length && u32(at) >= 8) {
    if (u32(at + 4) === ENVIRONMENT_BLOCK.signature) target = utf16At(view, at + 8 + 260);
    at += u32(at);
  }
  return {
    target,
    isFolder: (u32(24) & ATTRIBUTE.directory) !== 0,
    description,
    workingDirectory,
    arguments: args,
    iconPath,
    iconIndex: view.getInt32(0x38, true),
    showCommand: u32(0x3c),
    hotkey: u16(0x40),
  };
}

function targetOfIdList(view: DataView, start: number): string {
  const names: string[] = [];
  for (let at = start, size; (size = view.getUint16(at, true)) >= 3; at += size) {
    const type = view.getUint8(at + 2);
    if ((type & 0x70) === 0x20) names.push(ansiAt(view, at + 3).replace(/\\$/, ""));
    else if ((type & 0x70) === 0x30) names.push(fileNameOf(view, at, size));
  }
  return names.length === 1 ? `${names[0]}\\` : names.join("\\");
}

function fileNameOf(view: DataView, at: number, size: number): string {
  const extension = at + view.getUint16(at + size - 2, true);
  const hasExtension = extension + 20 < at + size && extension > at &&
    view.getUint32(extension + 4, true) === NAME_EXTENSION.signature;
  if (!hasExtension) return ansiAt(view, at + 14);
  const version = view.getUint16(extension + 2, true);
  // Later versions put a file reference and hashes before the name ([MS-SHLLINK] does not say it; libfwsi does).
  const nameOffset = version >= 9 ? 46 : version >= 8 ? 42 : version >= 7 ? 38 : 20;
  return utf16At(view, extension + nameOffset);
}

function targetOfInfo(view: DataView, start: number): string {
  const u32 = (offset: number): number => view.getUint32(start + offset, true);
  const headerBytes = u32(4);
  const hasUnicode = headerBytes >= 0x24;
  const suffix = hasUnicode ? utf16At(view, start + u32(0x20)) : ansiAt(view, start + u32(0x18));
  if (u32(8) & 1) {
    const path = hasUnicode ? utf16At(view, start + u32(0x1c)) : ansiAt(view, start + u32(0x10));
    return path + suffix;
  }
  if ((u32(8) & 2) === 0) return "";
  const network = start + u32(0x14);
  const share = ansiAt(view, network + view.getUint32(network + 8, true));
  return suffix === "" ? share : `${share}\\${suffix}`;
}

/** Text up to its zero, or so many units. */
function utf16At(view: DataView, start: number, count = Infinity): string {
  let text = "";
  for (let index = 0; index < count; index++) {
    const unit = view.getUint16(start + 2 * index, true);
    if (unit === 0 && count === Infinity) break;
    text += String.fromCharCode(unit);
  }
  return text;
}

function ansiAt(view: DataView, start: number, count = Infinity): string {
  const bytes: number[] = [];
  for (let index = 0; index < count; index++) {
    const byte = view.getUint8(start + index);
    if (byte === 0 && count === Infinity) break;
    bytes.push(byte);
  }
  return new TextDecoder("windows-1252").decode(Uint8Array.from(bytes));
}
