' From the arguments in a cell's formula to what the cell shows.
Option Explicit
Option Private Module

Private trouble_sentence As String

' What the worksheet function gives; #N/A where Python cannot be reached.
Public Function Answer(ByVal name As String, ByVal arguments As Variant) As Variant
    Dim attempts As Long
    On Error GoTo Failed
Again:
    attempts = attempts + 1
    Answer = WithErrorValues(Engine.CallUDF("@FUNCTIONS_MODULE@", name, PlainValues(arguments)))
    trouble_sentence = ""
    Exit Function
Failed:
    trouble_sentence = Err.Description
    Disconnect
    If attempts = 1 Then Resume Again  ' Python may have ended since the last call
    Answer = CVErr(xlErrNA)
End Function

' Why the last call gave no answer of Python's.
Public Function Trouble() As String
    Trouble = trouble_sentence
End Function

' What the cells hold: Value2, because Value rounds a currency to four decimals and turns a number into a date.
Private Function PlainValues(ByVal arguments As Variant) As Variant
    Dim values() As Variant, item As Long
    ReDim values(LBound(arguments) To UBound(arguments))
    For item = LBound(arguments) To UBound(arguments)
        If IsObject(arguments(item)) Then
            If arguments(item).Areas.Count > 1 Then
                Err.Raise 5, , "An argument is a range of several areas: give one block of cells."
            End If
            values(item) = arguments(item).Value2
        Else
            values(item) = arguments(item)
        End If
    Next item
    PlainValues = values
End Function

' Python can hand over only the text of an error value; a cell, and IFERROR, want the value itself.
Public Function WithErrorValues(ByVal result As Variant) As Variant
    Dim row As Long, column As Long
    If Not IsArray(result) Then
        WithErrorValues = WithErrorValue(result)
        Exit Function
    End If
    If IsTable(result) Then
        For row = LBound(result, 1) To UBound(result, 1)
            For column = LBound(result, 2) To UBound(result, 2)
                result(row, column) = WithErrorValue(result(row, column))
            Next column
        Next row
    Else
        For column = LBound(result) To UBound(result)
            result(column) = WithErrorValue(result(column))
        Next column
    End If
    WithErrorValues = result
End Function

Private Function IsTable(ByVal result As Variant) As Boolean
    Dim last As Long
    On Error GoTo OneRow
    last = UBound(result, 2)
    IsTable = True
OneRow:
End Function

Private Function WithErrorValue(ByVal value As Variant) As Variant
    WithErrorValue = value
    If VarType(value) <> vbString Then Exit Function
    Select Case value
@ERROR_VALUES@
    End Select
End Function
