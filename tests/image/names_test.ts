import { assert, assertEquals } from "@std/assert";
import {
  enhancedIdentifiers,
  isoIdentifiers,
  jolietIdentifiers,
  type Named,
  posixNames,
  udfIdentifiers,
} from "../../lib/image/names.ts";

const files = (...names: string[]): Named[] => names.map((name) => ({ name, isDirectory: false }));
const directories = (...names: string[]): Named[] => names.map((name) => ({ name, isDirectory: true }));

const ISO_CASES: [criterion: string, level: 1 | 2 | 3, nodes: Named[], expected: string[]][] = [
  ["keeps what fits", 1, files("README.TXT", "A_1.B"), ["README.TXT", "A_1.B"]],
  ["puts a dot behind a file without extension", 1, files("README"), ["README."]],
  ["gives a directory no dot", 1, directories("a.b", "LIB"), ["A_B", "LIB"]],
  ["cuts to 8.3", 1, files("longfilename.html"), ["LONGFILE.HTM"]],
  ["cuts a directory to 8", 1, directories("longdirectory"), ["LONGDIRE"]],
  ["cuts to 30 and keeps the extension", 2, files("a".repeat(40) + ".jpeg"), ["A".repeat(26) + ".JPEG"]],
  ["cuts a directory to 31", 2, directories("d".repeat(40)), ["D".repeat(31)]],
  ["cuts a long extension, too", 2, files("a".repeat(30) + "." + "e".repeat(30)), [
    "A".repeat(22) + "." + "E".repeat(8),
  ]],
  ["replaces what is not allowed", 2, files("a b+c(d).t~t"), ["A_B_C_D_.T_T"]],
  ["keeps only the last dot", 2, files("a.b.tar.gz"), ["A_B_TAR.GZ"]],
  ["replaces a leading dot", 2, files(".bashrc"), ["_BASHRC."]],
  ["takes accents off", 2, files("Übergröße.é"), ["UBERGROSSE.E"]],
  ["makes an emoji one underscore", 2, files("😀.x"), ["_.X"]],
  ["never makes an empty name", 2, files("\u0301", "..."), ["_.", "__."]],
  ["tells names apart that differ in case", 2, files("readme.txt", "README.TXT"), [
    "README000.TXT",
    "README.TXT",
  ]],
  ["leaves a real name alone", 1, files("abcde000.txt", "ABCDE000.TXT", "abcdefgh.txt", "ABCDEFGH.TXT"), [
    "ABCDE001.TXT",
    "ABCDE000.TXT",
    "ABCDE002.TXT",
    "ABCDEFGH.TXT",
  ]],
  ["counts a file without extension and a directory as the same", 2, [...files("a"), ...directories("A")], [
    "A000.",
    "A",
  ]],
];

for (const [criterion, level, nodes, expected] of ISO_CASES) {
  Deno.test(`isoIdentifiers() ${criterion}`, () => assertEquals(isoIdentifiers(nodes, level), expected));
}

const long = "x".repeat(300);
const UNICODE_CASES: [criterion: string, make: (nodes: readonly Named[]) => string[], string[], string[]][] =
  [
    ["jolietIdentifiers() keeps 64 units", jolietIdentifiers, ["é".repeat(64)], ["é".repeat(64)]],
    ["jolietIdentifiers() cuts to 64 before the extension", jolietIdentifiers, [long + ".html"], [
      "x".repeat(59) + ".html",
    ]],
    ["jolietIdentifiers() does not take a late dot for an extension", jolietIdentifiers, ["a." + long], [
      "a." + "x".repeat(62),
    ]],
    ["jolietIdentifiers() replaces what is not allowed", jolietIdentifiers, ["a*b:c;d?e\\f\u0001g"], [
      "a_b_c_d_e_f_g",
    ]],
    ["jolietIdentifiers() never cuts a surrogate pair", jolietIdentifiers, ["x".repeat(63) + "😀"], [
      "x".repeat(63),
    ]],
    ["jolietIdentifiers() keeps an emoji", jolietIdentifiers, ["😀.txt"], ["😀.txt"]],
    ["jolietIdentifiers() tells cut names apart", jolietIdentifiers, [long + "1.c", long + "2.c"], [
      "x".repeat(62) + ".c",
      "x".repeat(58) + "~000.c",
    ]],
    ["udfIdentifiers() keeps 254 units below 256", udfIdentifiers, ["ü".repeat(254)], ["ü".repeat(254)]],
    ["udfIdentifiers() cuts them at 254", udfIdentifiers, [long], ["x".repeat(254)]],
    ["udfIdentifiers() keeps 127 wider units", udfIdentifiers, ["日".repeat(127)], ["日".repeat(127)]],
    ["udfIdentifiers() cuts them at 127", udfIdentifiers, ["日".repeat(128)], ["日".repeat(127)]],
    ["udfIdentifiers() never cuts a surrogate pair", udfIdentifiers, ["x".repeat(126) + "😀"], [
      "x".repeat(126),
    ]],
    ["udfIdentifiers() keeps what ISO 9660 cannot", udfIdentifiers, ["a*b:c;d?e\\f"], ["a*b:c;d?e\\f"]],
  ];

for (const [name, make, names, expected] of UNICODE_CASES) {
  Deno.test(name, () => assertEquals(make(files(...names)), expected));
}

for (const level of [1, 2] as const) {
  Deno.test(`isoIdentifiers() tells 50,000 names of one beginning apart, level ${level}`, () => {
    const nodes = files(...Array.from({ length: 50_000 }, (_, index) => `${"a".repeat(40)}${index}.txt`));
    const ids = isoIdentifiers(nodes, level); // quadratic work would take minutes
    assertEquals(new Set(ids).size, ids.length);
    assert(ids.every((id) => id.length <= (level === 1 ? 12 : 31)));
  });
}

const LONG_NAMES: [label: string, make: (nodes: Named[]) => string[], stem: string][] = [
  ["jolietIdentifiers()", (nodes) => jolietIdentifiers(nodes), "j".repeat(80)],
  ["udfIdentifiers()", udfIdentifiers, "字".repeat(130)],
  ["posixNames()", posixNames, "p".repeat(255)],
  ["enhancedIdentifiers()", enhancedIdentifiers, "e".repeat(210)],
];
for (const [label, make, stem] of LONG_NAMES) {
  Deno.test(`${label} tells 50,000 names of one beginning apart, each in few tries`, () => {
    const nodes = files(...Array.from({ length: 50_000 }, (_, index) => `${stem}${index}`));
    assertEquals(new Set(make(nodes)).size, 50_000);
  });
}
