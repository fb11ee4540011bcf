' The buttons: each asks for file names at most, and has Python do what the command line does.
Option Explicit

Private Const TITLE As String = "xl-amt"

Public Sub ImportExport(control As IRibbonControl)
    Dim export As Variant, path As Variant
    export = Application.GetOpenFilename("Equity exports (*.xlsx;*.csv),*.xlsx;*.csv", , "Import export")
    If VarType(export) = vbBoolean Then Exit Sub
    path = NewWorkbookName("Save the client workbook as")
    If VarType(path) = vbBoolean Then Exit Sub
    If Done("import_export", export, path) Then Workbooks.Open path
End Sub

Public Sub NewClientWorkbook(control As IRibbonControl)
    Dim path As Variant
    path = NewWorkbookName("New client workbook")
    If VarType(path) = vbBoolean Then Exit Sub
    If Done("new_workbook", path) Then Workbooks.Open path
End Sub

Public Sub UpdateClient(control As IRibbonControl)
    Dim export As Variant, path As String
    export = Application.GetOpenFilename("Equity exports (*.xlsx;*.csv),*.xlsx;*.csv", , "A newer export")
    If VarType(export) = vbBoolean Then Exit Sub
    path = SavedAndClosed
    If Len(path) = 0 Then Exit Sub
    Done "update_client", path, export
    Workbooks.Open path
End Sub

Public Sub PlanClient(control As IRibbonControl)
    Dim path As String
    path = SavedAndClosed
    If Len(path) = 0 Then Exit Sub
    Done "plan_client", path
    Workbooks.Open path
End Sub

Public Sub CheckClient(control As IRibbonControl)
    Dim path As String
    path = SavedAndClosed
    If Len(path) = 0 Then Exit Sub
    Done "check_client", path
    Workbooks.Open path
End Sub

Public Sub RecalculateAndRebind(control As IRibbonControl)
    Dim report As String
    If ActiveWorkbook Is Nothing Then Exit Sub
    TryAgain
    Application.ScreenUpdating = False
    On Error GoTo Failed
    report = Rebind(ActiveWorkbook)
    Application.Calculate
    Application.ScreenUpdating = True
    MsgBox report, vbInformation, TITLE
    Exit Sub
Failed:
    report = Err.Description
    Application.ScreenUpdating = True
    MsgBox report, vbExclamation, TITLE
End Sub

Public Sub ShowHelp(control As IRibbonControl)
    Done "show_help"
End Sub

Private Function NewWorkbookName(ByVal question As String) As Variant
    NewWorkbookName = Application.GetSaveAsFilename("Client.xlsx", "Excel workbook (*.xlsx),*.xlsx", , question)
End Function

' The file of the active workbook, which Python cannot write while it is open here; "" where there is none.
Private Function SavedAndClosed() As String
    If ActiveWorkbook Is Nothing Then Exit Function
    If Len(ActiveWorkbook.path) = 0 Or LCase$(Left$(ActiveWorkbook.path, 4)) = "http" Then
        MsgBox "Save the client workbook in a folder on this computer first.", vbExclamation, TITLE
        Exit Function
    End If
    SavedAndClosed = ActiveWorkbook.FullName
    ActiveWorkbook.Close True
End Function

' Whether Python did it; what it says is shown.
Private Function Done(ByVal command As String, ParamArray arguments() As Variant) As Boolean
    Dim python As Object, given As Object, outcome As Object
    On Error GoTo Failed
    TryAgain
    Set python = Engine
    Select Case UBound(arguments)
        Case -1: Set given = python.Tuple()
        Case 0: Set given = python.Tuple(arguments(0))
        Case 1: Set given = python.Tuple(arguments(0), arguments(1))
    End Select
    Set outcome = python.Call(python.Module("xl_amt.hosts.excel_addin.commands"), command, given)
    Done = python.Bool(outcome)
    MsgBox python.Str(outcome), IIf(Done, vbInformation, vbExclamation), TITLE
    Exit Function
Failed:
    MsgBox Err.Description, vbExclamation, TITLE
End Function
