' The one way out of Excel: the Python that "xl-amt addin install" wrote down, and no other program. Nothing is taken
' from an open workbook or from its folder, so that a file sent by somebody else cannot choose what is started.
Option Explicit
Option Private Module

#If Win64 Then
    Private Const LIBRARY As String = "xlwings64-0.37.8.dll"
    Private Declare PtrSafe Function XLPyDLLActivateAuto Lib "xlwings64-0.37.8.dll" ( _
        ByRef result As Variant, ByVal commandLine As String, ByVal mode As Long) As Long
#Else
    Private Const LIBRARY As String = "xlwings32-0.37.8.dll"
    Private Declare PtrSafe Function XLPyDLLActivateAuto Lib "xlwings32-0.37.8.dll" ( _
        ByRef result As Variant, ByVal commandLine As String, ByVal mode As Long) As Long
#End If
Private Declare PtrSafe Function LoadLibrary Lib "KERNEL32" Alias "LoadLibraryA" (ByVal path As String) As LongPtr

Private Const START As Long = 1
Private Const TROUBLE As Long = vbObjectError + 513

Private python As Object
Private has_failed As Boolean
Private trouble_sentence As String

' The Python process; it is started by the first call, and ends with Excel.
Public Function Engine() As Object
    If python Is Nothing Then Connect
    Set Engine = python
End Function

' Lets the next call look whether Python is still there.
Public Sub Disconnect()
    Set python = Nothing
End Sub

' Lets the next call start Python, also where it has failed to start. Only the buttons ask for that: xlwings' library
' waits a minute for a Python that does not come, and for so long Excel stands still.
Public Sub TryAgain()
    Disconnect
    has_failed = False
End Sub

Private Sub Connect()
    Dim interpreter As String, result As Variant
    If has_failed Then Err.Raise TROUBLE, , trouble_sentence
    On Error GoTo Failed
    interpreter = InterpreterOfUser()
    LoadXlwings SettingOfUser("XLWINGS_FOLDER")
    If XLPyDLLActivateAuto(result, CommandLine(interpreter), START) <> 0 Then
        Err.Raise TROUBLE, , "Python did not start (" & CStr(result) & "): run xl-amt doctor."
    End If
    Set python = result
    Exit Sub
Failed:
    trouble_sentence = Err.Description & " Then press Recalculate and rebind on the xl-amt tab."
    has_failed = True
    On Error GoTo 0
    Err.Raise TROUBLE, , trouble_sentence
End Sub

' -I: Python takes modules neither from the current folder, which is that of the last file opened, nor from where a
' variable of the environment points, nor from the user's own packages. Where xl-amt itself was installed among those,
' with pip install --user, -E and -P keep the first two out.
Private Function CommandLine(ByVal interpreter As String) As String
    Dim switches As String
    switches = IIf(SettingOfUser("PACKAGES") = "USER", "-E -P", "-I")
    CommandLine = """" & interpreter & """ " & switches & " -m xl_amt.hosts.excel_addin.serve $(CLSID)"
End Function

Private Function InterpreterOfUser() As String
    InterpreterOfUser = SettingOfUser("INTERPRETER_WIN")
    If Len(Dir$(InterpreterOfUser)) = 0 Then
        Err.Raise TROUBLE, , "There is no Python at " & InterpreterOfUser & ": run xl-amt addin install."
    End If
End Function

Private Function SettingOfUser(ByVal wanted As String) As String
    Dim path As String, file As Integer, key As String, value As String
    path = Environ$("USERPROFILE") & "\.xl_amt\xl_amt.conf"
    If Len(Dir$(path)) = 0 Then Err.Raise TROUBLE, , path & " is missing: run xl-amt addin install."
    file = FreeFile
    Open path For Input As #file
    Do While Not EOF(file)
        Input #file, key, value
        If key = wanted Then SettingOfUser = value
    Loop
    Close #file
    If Len(SettingOfUser) = 0 Then Err.Raise TROUBLE, , path & " has no " & wanted & ": run xl-amt addin install."
End Function

' The installation wrote down the folder where pip put the library. Its name holds its version.
Private Sub LoadXlwings(ByVal folder As String)
    If LoadLibrary(folder & "\" & LIBRARY) <> 0 Then Exit Sub
    Err.Raise TROUBLE, , folder & "\" & LIBRARY & " cannot be loaded: run xl-amt doctor."
End Sub
