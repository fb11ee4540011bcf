' The one way out of Excel: the Python that "xl-amt addin install" wrote down, and no other program. Nothing is taken
' from an open workbook or from its folder, so that a file sent by somebody else cannot choose what is started.
Option Explicit
Option Private Module

#If Win64 Then
    Private Const LIBRARY As String = "xlwings64-@XLWINGS_VERSION@.dll"
    Private Declare PtrSafe Function XLPyDLLActivateAuto Lib "xlwings64-@XLWINGS_VERSION@.dll" ( _
        ByRef result As Variant, ByVal commandLine As String, ByVal mode As Long) As Long
#Else
    Private Const LIBRARY As String = "xlwings32-@XLWINGS_VERSION@.dll"
    Private Declare PtrSafe Function XLPyDLLActivateAuto Lib "xlwings32-@XLWINGS_VERSION@.dll" ( _
        ByRef result As Variant, ByVal commandLine As String, ByVal mode As Long) As Long
#End If
Private Declare PtrSafe Function LoadLibrary Lib "KERNEL32" Alias "LoadLibraryA" (ByVal path As String) As LongPtr

Private Const START As Long = 1
Private Const TROUBLE As Long = vbObjectError + 513

Private python As Object
Private trouble_sentence As String
Private try_again_at As Date

' The Python process; it is started by the first call, and ends with Excel.
Public Function Engine() As Object
    If python Is Nothing Then Connect
    Set Engine = python
End Function

' Lets the next call look whether Python is still there.
Public Sub Disconnect()
    Set python = Nothing
End Sub

' Lets the next call start Python at once, also where it has just failed to start.
Public Sub TryAgain()
    Disconnect
    try_again_at = 0
End Sub

Private Sub Connect()
    Dim interpreter As String, result As Variant
    ' A thousand cells must not wait a thousand times for a Python that does not start.
    If Now < try_again_at Then Err.Raise TROUBLE, , trouble_sentence
    On Error GoTo Failed
    interpreter = InterpreterOfUser()
    LoadXlwings interpreter
    ' -P: Python must not take modules from the current folder, which is that of the last file opened.
    If XLPyDLLActivateAuto(result, """" & interpreter & """ -P -m @SERVE_MODULE@ $(CLSID)", START) <> 0 Then
        Err.Raise TROUBLE, , "Python did not start (" & CStr(result) & "): run xl-amt doctor."
    End If
    Set python = result
    Exit Sub
Failed:
    trouble_sentence = Err.Description
    try_again_at = Now + TimeSerial(0, 0, 30)
    Err.Raise TROUBLE, , trouble_sentence
End Sub

Private Function InterpreterOfUser() As String
    Dim path As String, file As Integer, key As String, value As String
    path = Environ$("USERPROFILE") & "\@CONFIGURATION@"
    If Len(Dir$(path)) = 0 Then Err.Raise TROUBLE, , path & " is missing: run xl-amt addin install."
    file = FreeFile
    Open path For Input As #file
    Do While Not EOF(file)
        Input #file, key, value
        If key = "@INTERPRETER_KEY@" Then InterpreterOfUser = value
    Loop
    Close #file
    If Len(InterpreterOfUser) = 0 Then Err.Raise TROUBLE, , path & " names no Python: run xl-amt addin install."
    If Len(Dir$(InterpreterOfUser)) = 0 Then
        Err.Raise TROUBLE, , "There is no Python at " & InterpreterOfUser & ": run xl-amt addin install."
    End If
End Function

' The library stands beside python.exe or, in a virtual environment, one folder up. Its name holds its version.
Private Sub LoadXlwings(ByVal interpreter As String)
    Dim folder As String
    folder = Left$(interpreter, InStrRev(interpreter, "\") - 1)
    If LoadLibrary(folder & "\" & LIBRARY) <> 0 Then Exit Sub
    If LoadLibrary(Left$(folder, InStrRev(folder, "\")) & LIBRARY) <> 0 Then Exit Sub
    Err.Raise TROUBLE, , LIBRARY & " is not beside " & interpreter & _
        ": this add-in needs xlwings @XLWINGS_VERSION@; run pip install xlwings==@XLWINGS_VERSION@ there."
End Sub
