' Formulas that were read before the add-in was there stay #NAME? until they are entered again.
Option Explicit
Option Private Module

Private Const NO_SUCH_MEMBER As Long = 438

Private entered As Long
Private protected_sheets As String
Private refused_cells As String

' Enters every formula of the workbook that holds an AMT function again; says what was done, and where it could not be.
Public Function Rebind(ByVal book As Object) As String
    Dim sheet As Object
    entered = 0
    protected_sheets = ""
    refused_cells = ""
    For Each sheet In book.Worksheets
        RebindSheet sheet
    Next sheet
    Rebind = entered & " formulas were entered again."
    If Len(protected_sheets) > 0 Then
        Rebind = Rebind & vbLf & "Protected, and left as they were:" & protected_sheets & _
            ". Take the protection off (Review > Unprotect Sheet) and press the button again."
    End If
    If Len(refused_cells) > 0 Then Rebind = Rebind & vbLf & "Excel refused:" & refused_cells & "."
End Function

Private Sub RebindSheet(ByVal sheet As Object)
    Dim used As Object, formulas As Variant, row As Long, column As Long
    Set used = sheet.UsedRange
    If used.CountLarge = 1 Then
        If HoldsFunction(used.Formula) Then RebindCell sheet, used
        Exit Sub
    End If
    formulas = used.Formula
    For row = 1 To UBound(formulas, 1)
        For column = 1 To UBound(formulas, 2)
            If HoldsFunction(formulas(row, column)) Then
                If sheet.ProtectContents Then
                    RebindCell sheet, used.Cells(row, column)
                    Exit Sub
                End If
                RebindCell sheet, used.Cells(row, column)
            End If
        Next column
    Next row
End Sub

Private Function HoldsFunction(ByVal formula As Variant) As Boolean
    If Left$(formula, 1) = "=" Then HoldsFunction = InStr(1, formula, "AMT_", vbTextCompare) > 0
End Function

Private Sub RebindCell(ByVal sheet As Object, ByVal cell As Object)
    If Not cell.HasFormula Then Exit Sub
    If sheet.ProtectContents Then
        protected_sheets = protected_sheets & " " & sheet.Name
        Exit Sub
    End If
    If IsInsideOfArray(cell) Then Exit Sub
    On Error Resume Next
    If cell.HasArray Then
        cell.CurrentArray.FormulaArray = WithPlainNames(cell.Formula)
    Else
        cell.Formula2 = WithPlainNames(cell.Formula2)
        If Err.Number = NO_SUCH_MEMBER Then  ' an Excel without dynamic arrays
            Err.Clear
            cell.Formula = WithPlainNames(cell.Formula)
        End If
    End If
    If Err.Number = 0 Then
        entered = entered + 1
    Else
        refused_cells = refused_cells & " " & sheet.Name & "!" & cell.Address(False, False)
    End If
End Sub

' Whether the cell shows part of an array whose formula stands in another cell.
Private Function IsInsideOfArray(ByVal cell As Object) As Boolean
    Dim spilled As Boolean
    If cell.HasArray Then
        IsInsideOfArray = cell.CurrentArray.Cells(1, 1).Address <> cell.Address
        Exit Function
    End If
    On Error Resume Next  ' an Excel without dynamic arrays does not know HasSpill
    spilled = cell.HasSpill
    On Error GoTo 0
    If spilled Then IsInsideOfArray = cell.SpillParent.Address <> cell.Address
End Function

' The functions under the names that this add-in gives them: without the path of another computer's add-in, and without
' the prefixes under which Excel keeps the functions of other kinds of add-ins.
Public Function WithPlainNames(ByVal formula As String) As String
    Dim found As Long, first As Long
    formula = Replace(formula, "_xldudf_AMT_", "AMT_", , , vbTextCompare)
    formula = Replace(formula, "_xll.AMT_", "AMT_", , , vbTextCompare)
    found = InStr(1, formula, "@FILE_NAME@'!", vbTextCompare)
    Do While found > 0
        first = InStrRev(formula, "'", found)
        If first < 2 Then Exit Do
        Do While Mid$(formula, first - 1, 1) = "'"  ' a doubled quote is part of the path
            first = InStrRev(formula, "'", first - 2)
        Loop
        formula = Left$(formula, first - 1) & Mid$(formula, found + Len("@FILE_NAME@'!"))
        found = InStr(1, formula, "@FILE_NAME@'!", vbTextCompare)
    Loop
    WithPlainNames = Replace(formula, "@FILE_NAME@!", "", , , vbTextCompare)
End Function
