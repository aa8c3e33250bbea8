/** The version that a Windows program carries in its resources. @module */

/** VS_FIXEDFILEINFO begins with this signature (Win32 reference), behind the key of VS_VERSIONINFO. */
const SIGNATURE = 0xfeef04bd;
const KEY = new Uint8Array([..."VS_VERSION_INFO"].flatMap((character) => [character.charCodeAt(0), 0]));

/** `major.minor.build.revision` of a program's bytes, or nothing where there is no version. */
export function fileVersion(bytes: Uint8Array): string {
  if (bytes[0] !== 0x4d || bytes[1] !== 0x5a) return ""; // "MZ": every program begins so
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = bytes.indexOf(KEY[0]!); at >= 0; at = bytes.indexOf(KEY[0]!, at + 1)) {
    if (!KEY.every((byte, index) => bytes[at + index] === byte)) continue;
    // The key ends with a zero and is padded to a multiple of four.
    for (
      let start = at + KEY.length;
      start <= at + KEY.length + 6 && start + 16 <= bytes.length;
      start += 2
    ) {
      if (view.getUint32(start, true) !== SIGNATURE) continue;
      const [high, low] = [view.getUint32(start + 8, true), view.getUint32(start + 12, true)];
      return [high >>> 16, high & 0xffff, low >>> 16, low & 0xffff].join(".");
    }
  }
  return "";
}
