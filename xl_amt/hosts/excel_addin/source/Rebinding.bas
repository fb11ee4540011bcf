' Formulas that were read before the add-in was there stay #NAME? until they are entered again.
Option Explicit
Option Private Module

Private Const NO_SUCH_MEMBER As Long = 438

Private entered As Long
Private protected_sheets As String
Private refused_cells As String

' Enters every formula of the workbook that holds an AMT function again; says what was done, and where it could not be.
Public Function Rebind(ByVal book As Object) As String
    RebindBook book, False
    Rebind = entered & " formulas were re-entered."
    If Len(protected_sheets) > 0 Then
        Rebind = Rebind & vbLf & "Protected, and left unchanged:" & protected_sheets & _
            ". Remove the protection (Review > Unprotect Sheet) and press the button again."
    End If
    If Len(refused_cells) > 0 Then Rebind = Rebind & vbLf & "Excel refused:" & refused_cells & "."
End Function

' A workbook of xl-amt that has just been opened: what Excel could not read in it is entered again, and nothing else.
' Nothing is said, and Excel does not ask to save a workbook in which the user changed nothing.
Public Sub RebindOnOpening(ByVal book As Object)
    Dim was_saved As Boolean
    If Not IsOfXlAmt(book) Then Exit Sub
    was_saved = book.Saved
    On Error GoTo Finished  ' the button is there for what fails here, and says so
    RebindBook book, True
Finished:
    book.Saved = was_saved
End Sub

' Whether xl-amt made the workbook: it carries this name.
Public Function IsOfXlAmt(ByVal book As Object) As Boolean
    Dim found As Object
    On Error Resume Next  ' a workbook without the name
    Set found = book.Names("Law_enacted_through")
    On Error GoTo 0
    IsOfXlAmt = Not found Is Nothing
End Function

Private Sub RebindBook(ByVal book As Object, ByVal only_unread As Boolean)
    Dim sheet As Object
    entered = 0
    protected_sheets = ""
    refused_cells = ""
    For Each sheet In book.Worksheets
        RebindSheet sheet, only_unread
    Next sheet
End Sub

Private Sub RebindSheet(ByVal sheet As Object, ByVal only_unread As Boolean)
    Dim used As Object, formulas As Variant, row As Long, column As Long
    Set used = sheet.UsedRange
    If used.CountLarge = 1 Then
        If IsToBeEntered(used, used.Formula, only_unread) Then RebindCell sheet, used
        Exit Sub
    End If
    formulas = used.Formula
    For row = 1 To UBound(formulas, 1)
        For column = 1 To UBound(formulas, 2)
            If HoldsFunction(formulas(row, column)) Then
                If IsToBeEntered(used.Cells(row, column), formulas(row, column), only_unread) Then
                    RebindCell sheet, used.Cells(row, column)
                    If sheet.ProtectContents Then Exit Sub
                End If
            End If
        Next column
    Next row
End Sub

Private Function HoldsFunction(ByVal formula As Variant) As Boolean
    If Left$(formula, 1) = "=" Then HoldsFunction = InStr(1, formula, "AMT_", vbTextCompare) > 0
End Function

Private Function IsToBeEntered(ByVal cell As Object, ByVal formula As Variant, ByVal only_unread As Boolean) As Boolean
    Dim shown As Variant
    If Not HoldsFunction(formula) Then Exit Function
    If Not only_unread Then
        IsToBeEntered = True
        Exit Function
    End If
    shown = cell.Value
    If IsError(shown) Then IsToBeEntered = CStr(shown) = CStr(CVErr(xlErrName))
    If Not IsToBeEntered Then IsToBeEntered = WithPlainNames(AsShown(cell)) <> AsShown(cell)
End Function

' The formula as the formula bar shows it, with @ where Excel cuts a range to one value.
Private Function AsShown(ByVal cell As Object) As String
    AsShown = cell.Formula
    On Error Resume Next  ' an Excel without dynamic arrays knows no Formula2
    AsShown = cell.Formula2
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

' The functions under the names that this add-in gives them: without the path of another computer's add-in, without the
' prefixes under which Excel keeps the functions of other kinds of add-ins, and without the @ that keeps an answer from
' spilling. What stands in a text, in the name of a sheet or in a column of a table is copied as it is.
Public Function WithPlainNames(ByVal formula As String) As String
    Dim place As Long, ending As Long, code As String
    place = 1
    Do While place <= Len(formula)
        ending = EndOfQuoted(formula, place)
        If ending = 0 Then
            code = code & Mid$(formula, place, 1)
            ending = place
        ElseIf Not IsPathOfAddin(Mid$(formula, place, ending + 1 - place), Mid$(formula, ending + 1, 1)) Then
            WithPlainNames = WithPlainNames & PlainCode(code) & Mid$(formula, place, ending + 1 - place)
            code = ""
        Else
            ending = ending + 1  ' the exclamation mark after the path
        End If
        place = ending + 1
    Loop
    WithPlainNames = WithPlainNames & PlainCode(code)
End Function

' Where the text, the quoted name or the bracket that begins here ends; 0 where none begins. A quote that is doubled ends
' nothing: what follows it is read as the next quoted piece, which is copied like this one.
Private Function EndOfQuoted(ByVal formula As String, ByVal place As Long) As Long
    Dim first As String, depth As Long
    first = Mid$(formula, place, 1)
    Select Case first
        Case """"
            EndOfQuoted = InStr(place + 1, formula, first)
        Case "'"
            EndOfQuoted = InStr(place + 1, formula, first)
            Do While EndOfQuoted > 0 And Mid$(formula, EndOfQuoted + 1, 1) = first  ' part of the name
                EndOfQuoted = InStr(EndOfQuoted + 2, formula, first)
            Loop
        Case "["
            For EndOfQuoted = place To Len(formula)
                Select Case Mid$(formula, EndOfQuoted, 1)
                    Case "[": depth = depth + 1
                    Case "]": depth = depth - 1
                    Case "'": EndOfQuoted = EndOfQuoted + 1  ' before a bracket that is part of a column's name
                End Select
                If depth = 0 Then Exit Function
            Next EndOfQuoted
        Case Else
            Exit Function
    End Select
    If EndOfQuoted = 0 Or EndOfQuoted > Len(formula) Then EndOfQuoted = Len(formula)
End Function

Private Function IsPathOfAddin(ByVal quoted As String, ByVal follows As String) As Boolean
    Dim name As String
    If Left$(quoted, 1) <> "'" Or follows <> "!" Then Exit Function
    name = Mid$(quoted, 2, Len(quoted) - 2)
    name = Mid$(name, InStrRev(Replace(name, "/", "\"), "\") + 1)
    IsPathOfAddin = StrComp(name, "xl_amt.xlam", vbTextCompare) = 0
End Function

Private Function PlainCode(ByVal code As String) As String
    PlainCode = Replace(code, "_xldudf_AMT_", "AMT_", , , vbTextCompare)
    PlainCode = Replace(PlainCode, "_xll.AMT_", "AMT_", , , vbTextCompare)
    PlainCode = WithoutCuts(Replace(PlainCode, "xl_amt.xlam!", "", , , vbTextCompare))
End Function

' Without the @ before an AMT function; one before a name of the workbook, such as @AMT_incomes, stays.
Private Function WithoutCuts(ByVal code As String) As String
    Dim found As Long, ending As Long
    found = InStr(1, code, "@AMT_", vbTextCompare)
    Do While found > 0
        ending = found + 1
        Do While Mid$(code, ending, 1) Like "[A-Za-z0-9_.]"
            ending = ending + 1
        Loop
        If Mid$(code, ending, 1) = "(" Then code = Left$(code, found - 1) & Mid$(code, found + 1)
        found = InStr(found + 1, code, "@AMT_", vbTextCompare)
    Loop
    WithoutCuts = code
End Function
