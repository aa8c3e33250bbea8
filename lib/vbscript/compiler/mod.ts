/**
 * From the tree to JavaScript.
 *
 * Theory of operation. A script becomes one JavaScript function that defines its procedures and classes and returns
 * them with its main code. Every expression is taken apart into statements over temporaries, so that an operator can
 * be inlined: `a + b` tests the operands' tags, adds two JavaScript numbers, and corrects the tag; anything else calls
 * the runtime. While printing, the compiler follows what each local variable can hold at that point ({@linkcode M});
 * where that is known, the tests go. A loop is printed a few times for that, until what is known at its head holds at
 * its end too; only the last print stays. A small procedure is printed where it is called ({@linkcode Inlining}), so that
 * what is known of its arguments, and numbers that a Variant would box, pass in and out.
 *
 * Nothing of a script's text gets into the JavaScript but names, which are mangled, and literals, which are escaped.
 *
 * @module
 */
export {
  type CompiledUnit,
  compileEvaluation,
  compileUnit,
  FACTORY_PARAMETERS,
  type LinkEnvironment,
} from "./unit.ts";
