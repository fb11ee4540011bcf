' From the arguments in a cell's formula to what the cell shows.
Option Explicit
Option Private Module

Private trouble_sentence As String

' What the worksheet function gives; #VALUE! for an argument that no function takes, #N/A where Python cannot be reached.
Public Function Answer(ByVal name As String, ByVal arguments As Variant) As Variant
    Dim attempts As Long, values As Variant
    trouble_sentence = ""
    If HasSeveralAreas(arguments) Then
        trouble_sentence = "An argument is a range of several areas: use one block of cells."
        Answer = CVErr(xlErrValue)
        Exit Function
    End If
    On Error GoTo Failed
    values = PlainValues(arguments)
Again:
    attempts = attempts + 1
    Answer = WithErrorValues(Engine.CallUDF("xl_amt.hosts.excel_com", name, values))
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

Private Function HasSeveralAreas(ByVal arguments As Variant) As Boolean
    Dim item As Long
    For item = LBound(arguments) To UBound(arguments)
        If IsObject(arguments(item)) Then
            If arguments(item).Areas.Count > 1 Then HasSeveralAreas = True
        End If
    Next item
End Function

' What the cells hold: Value2, because Value rounds a currency to four decimals and turns a number into a date.
Private Function PlainValues(ByVal arguments As Variant) As Variant
    Dim values() As Variant, item As Long, most As Long
    ReDim values(LBound(arguments) To UBound(arguments))
    most = MostUsedRows(arguments)
    For item = LBound(arguments) To UBound(arguments)
        If IsObject(arguments(item)) Then
            values(item) = WithinUsedRows(arguments(item), most).Value2
        Else
            values(item) = arguments(item)
        End If
    Next item
    PlainValues = values
End Function

' A range that goes on to the end of its sheet, as whole columns of labels and amounts do, only as far as there is
' something: a million cells would have to cross to Python otherwise.
Private Function WithinUsedRows(ByVal cells As Object, ByVal most As Long) As Object
    If IsToTheEnd(cells) Then
        Set WithinUsedRows = cells.Resize(IIf(most < cells.Rows.Count, most, cells.Rows.Count))
    Else
        Set WithinUsedRows = cells
    End If
End Function

' One number for all such ranges of a call, so that they stay as long as each other.
Private Function MostUsedRows(ByVal arguments As Variant) As Long
    Dim used As Object, item As Long, rows As Long
    MostUsedRows = 1
    For item = LBound(arguments) To UBound(arguments)
        If IsObject(arguments(item)) Then
            If IsToTheEnd(arguments(item)) Then
                Set used = arguments(item).Worksheet.UsedRange
                rows = used.Row + used.Rows.Count - arguments(item).Row
                If rows > MostUsedRows Then MostUsedRows = rows
            End If
        End If
    Next item
End Function

Private Function IsToTheEnd(ByVal cells As Object) As Boolean
    IsToTheEnd = cells.Rows.Count > 1 And cells.Row + cells.Rows.Count - 1 = cells.Worksheet.Rows.Count
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
        Case "#NULL!": WithErrorValue = CVErr(2000)
        Case "#DIV/0!": WithErrorValue = CVErr(2007)
        Case "#VALUE!": WithErrorValue = CVErr(2015)
        Case "#REF!": WithErrorValue = CVErr(2023)
        Case "#NAME?": WithErrorValue = CVErr(2029)
        Case "#NUM!": WithErrorValue = CVErr(2036)
        Case "#N/A": WithErrorValue = CVErr(2042)
        Case "#SPILL!": WithErrorValue = CVErr(2045)
        Case "#CONNECT!": WithErrorValue = CVErr(2046)
        Case "#BLOCKED!": WithErrorValue = CVErr(2047)
        Case "#UNKNOWN!": WithErrorValue = CVErr(2048)
        Case "#FIELD!": WithErrorValue = CVErr(2049)
        Case "#CALC!": WithErrorValue = CVErr(2050)
        Case "#BUSY!": WithErrorValue = CVErr(2051)
    End Select
End Function
