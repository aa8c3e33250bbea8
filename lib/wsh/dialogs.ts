/**
 * MsgBox, InputBox and Popup without windows.
 *
 * On a terminal a question is asked as text. Without one nobody could answer, and a job that waits for an answer would
 * wait for ever: so the default button is taken, or the script fails, as its user decides.
 *
 * @module
 */
import { toLong, toStringValue } from "../automation/coerce.ts";
import { AutomationError, scriptError } from "../automation/errors.ts";
import { MISSING, type Variant } from "../automation/variant.ts";

/** `prompt` asks where there is a terminal, `default` never asks, `fail` makes a question an error. */
export type DialogPolicy = "prompt" | "default" | "fail";

/** Where questions are asked. */
export interface DialogHost {
  readonly policy: DialogPolicy;
  /** Whether a person sits before it. */
  readonly isTerminal: boolean;
  /** False in batch mode: nothing is asked. */
  readonly interactive: boolean;
  /** Shows text; `details` is the same for programs. */
  show(text: string, details: object): void;
  /** The next line that is typed; undefined when none came in time, null at the end of the input. */
  readLine(timeoutMs: number): string | undefined | null;
  nowMs(): number;
}

interface Button {
  readonly label: string;
  readonly value: number;
}

const OK: Button = { label: "OK", value: 1 };
const CANCEL: Button = { label: "Cancel", value: 2 };
const ABORT: Button = { label: "Abort", value: 3 };
const RETRY: Button = { label: "Retry", value: 4 };
const IGNORE: Button = { label: "Ignore", value: 5 };
const YES: Button = { label: "Yes", value: 6 };
const NO: Button = { label: "No", value: 7 };
const TRY_AGAIN: Button = { label: "Try Again", value: 10 };
const CONTINUE: Button = { label: "Continue", value: 11 };

/** By the low bits of the buttons argument: vbOKOnly, vbOKCancel and so on; the last one is Popup's alone. */
const BUTTON_SETS: readonly (readonly Button[])[] = [
  [OK],
  [OK, CANCEL],
  [ABORT, RETRY, IGNORE],
  [YES, NO, CANCEL],
  [YES, NO],
  [RETRY, CANCEL],
  [CANCEL, TRY_AGAIN, CONTINUE],
];
const MSGBOX_SETS = 6;
/** By the icon bits: vbCritical, vbQuestion, vbExclamation, vbInformation. */
const ICONS: Readonly<Record<number, string>> = { 16: "[x] ", 32: "[?] ", 48: "[!] ", 64: "[i] " };
const TIMED_OUT = -1;

interface Question {
  readonly kind: "MsgBox" | "Popup";
  readonly text: string;
  readonly title: string;
  readonly type: number;
  /** Infinity waits for ever. */
  readonly timeoutMs: number;
}

/** The dialogs of one script. */
export class Dialogs {
  readonly #host: DialogHost;

  constructor(host: DialogHost) {
    this.#host = host;
  }

  /** MsgBox: the value of the button, such as vbYes. */
  messageBox(text: string, type = 0, title = "VBScript"): number {
    if ((type & 7) >= MSGBOX_SETS) {
      throw scriptError("invalidCall", `MsgBox has the buttons 0 to 5, not ${type & 7}`);
    }
    return this.#buttons({ kind: "MsgBox", text, title, type, timeoutMs: Infinity });
  }

  /**
   * The Shell's Popup: the value of the button, or −1 when nobody pressed one within `seconds` (0 waits for ever).
   * Without a terminal nobody ever will, so that −1 comes at once.
   */
  popup(text: string, seconds = 0, title = "Windows Script Host", type = 0): number {
    if ((type & 7) >= BUTTON_SETS.length) {
      throw scriptError("invalidCall", `Popup has the buttons 0 to 6, not ${type & 7}`);
    }
    const timeoutMs = seconds > 0 ? seconds * 1000 : Infinity;
    return this.#buttons({ kind: "Popup", text, title, type, timeoutMs });
  }

  /** InputBox: the text, or undefined (Empty) when it was cancelled. */
  inputBox(text: string, title = "VBScript", initial = ""): string | undefined {
    const details = { kind: "InputBox", title, text };
    if (!this.#asks()) {
      this.#refuse("InputBox", text);
      this.#host.show(`${headOf(title, text)}${indent(initial)}\n`, { ...details, answer: initial });
      return initial;
    }
    const hint = initial === ""
      ? "    Ctrl-D cancels: "
      : `    [${initial}] Enter takes it, "" is nothing, Ctrl-D cancels: `;
    this.#host.show(headOf(title, text) + hint, details);
    const line = this.#host.readLine(Infinity);
    if (line === null || line === undefined) {
      this.#host.show("\n", details);
      return undefined;
    }
    return line === '""' ? "" : line === "" ? initial : line;
  }

  #asks(): boolean {
    const { policy, isTerminal, interactive } = this.#host;
    return policy === "prompt" && isTerminal && interactive;
  }

  #refuse(kind: string, text: string): void {
    if (this.#host.policy !== "fail") return;
    throw new AutomationError(
      0x800A01BD, // 445, "Object doesn't support this action"
      `Object doesn't support this action: ${kind} asks "${text}", and --dialogs=fail lets nothing be asked`,
    );
  }

  #buttons(question: Question): number {
    const { kind, text, title, type, timeoutMs } = question;
    const buttons = BUTTON_SETS[type & 7]!;
    const chosen = buttons[type >> 8 & 3] ?? buttons[0]!;
    const head = (ICONS[type & 0x70] ?? "") + headOf(title, text);
    const details = { kind, title, text, buttons: buttons.map(({ label }) => label) };
    if (this.#asks()) return this.#ask(question, { buttons, chosen, head, details });
    // One button decides nothing: that is a message, not a question.
    if (buttons.length > 1) this.#refuse(kind, text);
    const isTimedOut = timeoutMs < Infinity;
    const answer = isTimedOut ? "nobody answered" : chosen.label;
    this.#host.show(buttons.length === 1 ? head : `${head}${indent(answer)}\n`, { ...details, answer });
    return isTimedOut ? TIMED_OUT : chosen.value;
  }

  #ask(
    { timeoutMs }: Question,
    { buttons, chosen, head, details }: {
      buttons: readonly Button[];
      chosen: Button;
      head: string;
      details: object;
    },
  ): number {
    const choices = buttons.map(({ label }, index) => `${index + 1} ${label}`).join("  ");
    const hint = buttons.length === 1 ? "    Enter goes on: " : `    ${choices}  [${chosen.label}]: `;
    const endMs = this.#host.nowMs() + timeoutMs;
    this.#host.show(head + hint, details);
    for (;;) {
      const line = this.#host.readLine(Math.max(0, endMs - this.#host.nowMs()));
      if (line === undefined || line === null) this.#host.show("\n", details);
      if (line === undefined) return TIMED_OUT;
      // Ctrl-D is what closing the window is.
      if (line === null) return (buttons.includes(CANCEL) ? CANCEL : chosen).value;
      const button = line.trim() === "" || buttons.length === 1 ? chosen : buttonOf(line.trim(), buttons);
      if (button !== undefined) return button.value;
      this.#host.show(hint, details);
    }
  }
}

/** The button that somebody means by a number or by how its label begins. */
function buttonOf(typed: string, buttons: readonly Button[]): Button | undefined {
  if (/^\d+$/.test(typed)) return buttons[Number(typed) - 1];
  return buttons.find(({ label }) => label.toLowerCase().startsWith(typed.toLowerCase()));
}

function headOf(title: string, text: string): string {
  return `${title}\n${indent(text)}\n`;
}

function indent(text: string): string {
  return text.split(/\r\n|\r|\n/).map((line) => `    ${line}`.trimEnd()).join("\n");
}

/** VBScript's functions MsgBox and InputBox. */
export function dialogFunctions(
  dialogs: Dialogs,
): { readonly MsgBox: (...args: Variant[]) => Variant; readonly InputBox: (...args: Variant[]) => Variant } {
  const text = (value: Variant): string | undefined =>
    value === undefined || value === MISSING ? undefined : toStringValue(value);
  const check = (name: string, args: readonly Variant[], most: number): void => {
    if (args.length === 0 || args.length > most) throw scriptError("wrongArguments", `'${name}'`);
  };
  return {
    MsgBox: (...args) => {
      check("MsgBox", args, 5);
      const [prompt, buttons = MISSING, title] = args;
      const type = buttons === MISSING ? 0 : toLong(buttons);
      return dialogs.messageBox(text(prompt) ?? "", type, text(title));
    },
    InputBox: (...args) => {
      check("InputBox", args, 7);
      const [prompt, title, initial] = args;
      return dialogs.inputBox(text(prompt) ?? "", text(title), text(initial));
    },
  };
}

/** Lines out of bytes as they come. */
export class LineReader {
  readonly #read: (target: Uint8Array, timeoutMs?: number) => number | undefined;
  readonly #nowMs: () => number;
  readonly #decoder = new TextDecoder();
  #text = "";

  constructor(
    read: (target: Uint8Array, timeoutMs?: number) => number | undefined,
    nowMs: () => number,
  ) {
    this.#read = read;
    this.#nowMs = nowMs;
  }

  /** The next line; undefined when none came in time, null at the end of the input. */
  readLine(timeoutMs: number): string | undefined | null {
    const endMs = this.#nowMs() + timeoutMs;
    const bytes = new Uint8Array(4096);
    let end = this.#text.indexOf("\n");
    while (end < 0) {
      const count = this.#read(bytes, Math.max(0, endMs - this.#nowMs()));
      if (count === undefined) return undefined;
      if (count === 0 && this.#text === "") return null;
      this.#text += count === 0 ? "\n" : this.#decoder.decode(bytes.subarray(0, count), { stream: true });
      end = this.#text.indexOf("\n");
    }
    const line = this.#text.slice(0, end).replace(/\r$/, "");
    this.#text = this.#text.slice(end + 1);
    return line;
  }
}
