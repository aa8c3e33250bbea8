/**
 * JScript as JavaScript.
 *
 * Theory of operation. JScript is ECMAScript 3 with a few things that no other engine parses: properties with arguments
 * are assigned (`dict("k") = 1`), functions are declared as methods and as handlers of events (`function o.m() {}`,
 * `function o::Event() {}`), and there is conditional compilation. A recursive descent over the text finds these, and
 * changes them where they stand; everything else stays as it is written, so that `toString` of a function gives its text and
 * errors keep their places. Besides, loops are made to poll, and `catch` and `typeof` to ask the host:
 *
 *     dict.Item("k") += 1          jscript$ref(dict,"Item",["k"]).value += 1
 *     while (a) b                  while (jscript$cells[0]&&jscript$stop(),a) b
 *     catch (e) { … }              catch (e) {e=jscript$caught(e); … }
 *     typeof a.b                   jscript$typeof( a.b)
 *     eval(code)                   eval(jscript$source(code))
 *     pattern.exec(text)           jscript$groups(pattern.exec(text))
 *
 * No tree is built: of an expression the parser remembers what an assignment to it would need.
 *
 * @module
 */
import { JScriptSyntaxError } from "./compile_error.ts";
import { ScriptUses } from "./script_uses.ts";
import { StatementTranslator } from "./statements.ts";
import { type EditedText, TextEdits } from "./text_edits.ts";
import { TokenReader } from "./token_reader.ts";

/** A text, translated, and what it uses. */
export interface Translation {
  readonly code: EditedText;
  readonly uses: ScriptUses;
}

/** Translates a script. @throws JScriptSyntaxError */
export function translate(source: string): Translation {
  const edits = new TextEdits();
  const uses = new ScriptUses(source);
  try {
    const token = new TokenReader(source, edits);
    new StatementTranslator({ source, token, edits, uses }).program();
  } catch (error) {
    // The text nests deeper than any stack.
    if (error instanceof RangeError) throw new JScriptSyntaxError(1002, 0, "it nests too deeply");
    throw error;
  }
  return { code: edits.apply(source), uses };
}
