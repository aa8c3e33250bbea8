/** Script files as text. @module */
import { readVariable } from "../platform/environment.ts";

/**
 * Decodes a script file: by its byte order mark, else in the code page that is given, else as UTF-8 when the bytes are
 * valid UTF-8, else in the ANSI code page of the user's locale, Windows-1252 for most, which is what scripts outside
 * ASCII were saved in. A `#!` line becomes an empty one, so that a script file can be executable and its line numbers
 * stay.
 *
 * @param label what TextDecoder calls the code page.
 */
export function decodeScript(bytes: Uint8Array, label?: string): string {
  return decodeText(bytes, label).replace(/^#![^\r\n]*/, "");
}

function decodeText(bytes: Uint8Array, label: string | undefined): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  const isMarked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  if (label !== undefined && !isMarked) return new TextDecoder(label).decode(bytes);
  return decodeUtf8(bytes) ?? new TextDecoder(ansiLabel(userLocale())).decode(bytes);
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** The ANSI code pages of Windows by language, where they are not 1252. */
const ANSI_LANGUAGES: Readonly<Record<string, string>> = {
  "windows-1250": "bs cs hr hu pl ro sk sl sq",
  "windows-1251": "be bg kk mk ru sr uk",
  "windows-1253": "el",
  "windows-1254": "az tr",
  "windows-1255": "he",
  "windows-1256": "ar fa ur",
  "windows-1257": "et lt lv",
  "windows-1258": "vi",
  "windows-874": "th",
  shift_jis: "ja",
  gbk: "zh zh_cn zh_sg",
  big5: "zh_tw zh_hk zh_mo",
  "euc-kr": "ko",
};

/** The ANSI code page of a POSIX locale such as `ja_JP.UTF-8`, as TextDecoder calls it. */
export function ansiLabel(locale: string): string {
  const [name] = locale.toLowerCase().split(/[.@]/);
  const language = name!.split("_")[0]!;
  const find = (key: string): string | undefined =>
    Object.entries(ANSI_LANGUAGES).find(([, languages]) => languages.split(" ").includes(key))?.[0];
  return find(name!) ?? find(language) ?? "windows-1252";
}

function userLocale(): string {
  return readVariable("LC_ALL") || readVariable("LC_CTYPE") || readVariable("LANG") || "";
}

/** The code pages of Windows that TextDecoder calls by another name than `windows-N`. */
const CODE_PAGES: Readonly<Record<string, string>> = {
  866: "ibm866",
  932: "shift_jis",
  936: "gbk",
  949: "euc-kr",
  950: "big5",
  10000: "macintosh",
  20866: "koi8-r",
  20932: "euc-jp",
  21866: "koi8-u",
  51932: "euc-jp",
  51949: "euc-kr",
  54936: "gb18030",
  65001: "utf-8",
};

/**
 * What TextDecoder calls a code page that is given by its number or by a name.
 *
 * @throws RangeError when there is no such code page.
 */
export function codePageLabel(codePage: string): string {
  const iso = /^285(\d\d)$/.exec(codePage);
  const label = CODE_PAGES[codePage] ??
    (iso !== null
      ? `iso-8859-${Number(iso[1]) - 90}`
      : /^\d+$/.test(codePage)
      ? `windows-${codePage}`
      : codePage);
  try {
    return new TextDecoder(label).encoding;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new RangeError(
      `There is no code page "${codePage}"; give a number of Windows, such as 1252 or 932`,
    );
  }
}
