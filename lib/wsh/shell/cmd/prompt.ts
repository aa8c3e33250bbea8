/** What stands before a command that is shown: the variable PROMPT, or the current folder. @module */
import type { Interpreter } from "./interpreter.ts";
import { dateText, timeText } from "./texts.ts";

const SIGNS: Readonly<Record<string, string>> = {
  A: "&",
  B: "|",
  C: "(",
  E: "\x1b",
  F: ")",
  G: ">",
  H: "\b",
  L: "<",
  Q: "=",
  S: " ",
  _: "\n",
  $: "$",
};

/** The prompt, its codes replaced. */
export function promptText({ variables, paths }: Interpreter): string {
  const computed: Readonly<Record<string, () => string>> = {
    P: () => paths.current,
    N: () => paths.current[0]!,
    D: () => dateText(new Date()),
    T: () => timeText(new Date()),
  };
  return (variables.get("PROMPT") ?? "$P$G").replaceAll(/\$(.)/gs, (_, code: string) => {
    const letter = code.toUpperCase();
    return SIGNS[letter] ?? computed[letter]?.() ?? "";
  });
}
