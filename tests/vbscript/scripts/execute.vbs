Option Explicit
Dim g, n, text, o
g = "global"
Function ErrorOf(code)
  On Error Resume Next
  ExecuteGlobal code
  ErrorOf = Err.Number
End Function

' Execute in the global scope.
Execute "g = ""changed"""
assertEqual g, "changed", "Execute assigns globals"
Execute "Dim made : made = 5"
assertEqual Eval("made"), 5, "Execute declares"
Execute "Sub Late(p) : g = p : End Sub"
Execute "Late 7"
assertEqual g, 7, "Execute defines procedures"
Execute "Class Made1 : Public V : End Class"
Set o = Eval("New Made1")
o.V = 3
assertEqual o.V, 3, "and classes"
assertEqual TypeName(o), "Made1", "with their names"

' Inside a procedure.
Sub Inner
  Dim l
  l = 1
  Execute "l = l + 1"
  assertEqual l, 2, "Execute sees locals"
  Execute "Dim added : added = 5 : l = added"
  assertEqual l, 5, "Dim adds a local"
  Execute "l = added + 1"
  assertEqual l, 6, "for the rest of the procedure"
  ExecuteGlobal "g = ""from inside"""
  assertEqual g, "from inside", "ExecuteGlobal sees globals"
  assertEqual Eval("l * 2"), 12, "Eval sees locals"
End Sub
Inner
assertError ErrorOf("n = added"), 0, "without Option Explicit in it a name is Empty"
assertError ErrorOf("Option Explicit : n = added"), 500, "with it, error 500"
assertError ErrorOf("n = added2"), 0, "which does not leak to later code"
Function Param(p, ByVal q)
  Execute "p = p + 1 : q = q + 1"
  Param = p + q
End Function
n = 1
assertEqual Param(n, 5), 8, "Execute changes parameters"
assertEqual n, 2, "ByRef ones at their caller's"
Function Result
  Execute "Result = 9"
End Function
assertEqual Result, 9, "and the result"

' Eval.
assertEqual Eval("1 + 2"), 3, "an expression"
n = 5
assertEqual Eval("n = 5"), True, "= compares"
assertEqual n, 5, "and assigns nothing"
assertEqual Eval(5), 5, "what is no string stays"
assertEqual Eval(True), True, "Boolean too"
assertEqual Eval("""a"" & ""b"""), "ab", "strings in it"
assertEqual Eval("Array(1, 2)(1)"), 2, "an array's element"
assertEqual TypeName(Eval("Nothing")), "Nothing", "Nothing"
assertEqual IsObject(Eval("New RegExp")), True, "an object"

' Errors.
assertError ErrorOf("n = "), 1002, "a syntax error in Execute"
assertError ErrorOf("n = Eval(""1 +"")"), 1002, "a syntax error in Eval"
assertError ErrorOf("Execute 5"), 13, "Execute of a number"
assertError ErrorOf("Execute Null"), 13, "Execute of Null"
assertError ErrorOf("n = 1 / 0"), 11, "an error in the code"
assertError ErrorOf("Execute ""Err.Raise 77"""), 77, "an error of Err.Raise"
assertError ErrorOf("If True Then"), 1014, "an open block"
assertError ErrorOf("Dim zz, zz"), 1041, "a name twice"

' A later definition wins.
ExecuteGlobal "Function Twice(p) : Twice = p * 2 : End Function"
assertEqual Eval("Twice(4)"), 8, "the first definition"
ExecuteGlobal "Function Twice(p) : Twice = p & p : End Function"
assertEqual Eval("Twice(4)"), "44", "the second"
ExecuteGlobal "Const Fixed1 = 1"
assertError ErrorOf("Fixed1 = 2"), 501, "a constant of an include"
assertEqual Eval("Fixed1"), 1, "has its value"

' GetRef.
Function AddOne(p)
  AddOne = p + 1
End Function
Set o = GetRef("AddOne")
assertEqual o(2), 3, "GetRef calls"
assertEqual TypeName(o), "Object", "its type"
Sub Change(p)
  p = "changed"
End Sub
Set o = GetRef("change")
text = "before"
o text
assertEqual text, "changed", "by reference, in any case"
assertError ErrorOf("Set n = GetRef(""nobody"")"), 5, "an unknown name"
assertError ErrorOf("Set n = GetRef(5)"), 13, "no string"
